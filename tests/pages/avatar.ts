// A picture for every login, the same each time: mirrored squares in a colour of its own.

const GRID = 5;

/** A small hash (FNV-1a, its bits mixed once more), enough to tell names apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return (value ^ (value >>> 15)) >>> 0;
}

export function avatarSvg(login: string): string {
  const seed = hash(login);
  const hue = seed % 360;
  const squares: string[] = [];
  for (let column = 0; column < Math.ceil(GRID / 2); column += 1) {
    for (let row = 0; row < GRID; row += 1) {
      if (((hash(`${login}:${column}:${row}`) >>> 7) & 1) === 0) continue;
      for (const x of new Set([column, GRID - 1 - column]))
        squares.push(`<rect x="${x + 1}" y="${row + 1}" width="1.02" height="1.02"/>`);
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 7"><rect width="7" height="7" fill="hsl(${hue} 45% 92%)"/><g fill="hsl(${hue} 55% 45%)">${squares.join("")}</g></svg>`;
}
