// The card that GitHub shows over a name: one element, filled again for each person.

const popover = (): HTMLElement | null => document.querySelector(".Popover.js-hovercard-content");

function show(link: HTMLAnchorElement, url: string): void {
  const card = popover();
  const message = card?.querySelector(".Popover-message");
  const login = /^\/users\/([^/]+)\/hovercard/.exec(url)?.[1];
  if (card === null || !message || login === undefined) return;
  const name = document.createElement("a");
  name.className = "f5 text-bold Link--primary no-underline";
  name.href = `/${login}`;
  name.textContent = login;
  const about = document.createElement("div");
  about.className = "text-small color-fg-muted";
  about.textContent = "Has been here for a while.";
  message.replaceChildren(name, about);
  card.setAttribute("data-hovercard-target-url", url);
  const box = link.getBoundingClientRect();
  card.style.top = `${box.bottom + scrollY + 6}px`;
  card.style.left = `${box.left + scrollX}px`;
  card.style.display = "block";
}

export function startHovercards(): void {
  document.addEventListener("mouseover", (event) => {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest("a[data-hovercard-url]");
    const url = link?.getAttribute("data-hovercard-url");
    if (link instanceof HTMLAnchorElement && typeof url === "string") show(link, url);
    else if (event.target.closest(".js-hovercard-content") === null) {
      popover()?.style.setProperty("display", "none");
    }
  });
}
