// GitHub's own elements, so that JSX can draw them. They carry no behaviour here.

import type { DetailedHTMLProps, HTMLAttributes } from "react";

type Plain = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & {
  readonly datetime?: string;
  readonly class?: string;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "rails-partial": Plain;
      "react-app": Plain;
      "react-partial": Plain;
      "relative-time": Plain;
      "review-thread-collapsible": Plain;
      "task-lists": Plain;
      "turbo-frame": Plain & { readonly target?: string };
    }
  }
}
