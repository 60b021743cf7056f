import { html } from 'hono/html';
import { shown } from './shown.ts';

/** A piece of a page: text of others in it is escaped by `html`. */
export type Piece = ReturnType<typeof html>;

export interface Visitor {
  /** Name of whoever is signed in; null: nobody is. */
  readonly name: string | null;
  /** What each form carries. */
  readonly csrf: string;
}

export interface PageInput {
  readonly stage: string;
  readonly title: string;
  readonly visitor: Visitor;
  readonly main: Piece;
}

const signedIn = ({ name, csrf }: Visitor): Piece | null =>
  name === null
    ? null
    : html`<form class="who" method="post" action="/sign-out"><input type="hidden" name="csrf" value="${csrf}"><span>${shown(name, 80)}</span> <button>Sign out</button></form>`;

/** A whole page. No script, nothing from elsewhere: it works where both are refused. */
export const page = ({ stage, title, visitor, main }: PageInput): Piece => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${title} · Firebreak ${stage}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><nav aria-label="Firebreak"><a href="/incidents"><strong>Firebreak</strong> <span class="stage">${stage}</span></a></nav>${signedIn(visitor)}</header>
<main id="main">${main}</main>
</body>
</html>`;

/** A page that says one thing, and where to go from there. */
export const sentencePage = (
  stage: string,
  visitor: Visitor,
  {
    title,
    sentences,
    back,
  }: {
    readonly title: string;
    readonly sentences: readonly string[];
    readonly back?: { readonly href: string; readonly text: string };
  },
): Piece =>
  page({
    stage,
    title,
    visitor,
    main: html`<h1>${title}</h1>${sentences.map((one) => html`<p>${shown(one, 1500)}</p>`)}${
      back === undefined ? null : html`<p><a class="button" href="${back.href}">${back.text}</a></p>`
    }`,
  });
