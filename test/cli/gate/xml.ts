/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}

/** Of XML 1.0: what a document may hold at all. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function decoded(text: string): string {
  const bare = /&(?!(?:amp|lt|gt|quot|#39);)|[<>]/.exec(text);
  if (bare !== null) throw new Error(`"${bare[0]}" stands unescaped in ${JSON.stringify(text)}`);
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => entities[name] ?? '');
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  const rest = text.replace(/\s+([A-Za-z]+)="([^"]*)"/g, (_all, name: string, value: string) => {
    if (name in attributes) throw new Error(`${name} stands twice`);
    attributes[name] = decoded(value);
    return '';
  });
  if (rest.trim() !== '') throw new Error(`no attribute: ${rest}`);
  return attributes;
}

/** Reads a document as a strict parser does, without CDATA, comments and processing instructions. Throws for one that is not well formed. */
export function parseXml(document: string): Element {
  if (forbidden.test(document)) throw new Error('a character that XML 1.0 does not have');
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  for (const [, tag, text] of body.matchAll(/<([^<>]*)>|([^<]+)/g)) {
    const top = open.at(-1) as Open;
    if (tag === undefined) {
      top.text += decoded(text ?? '');
      continue;
    }
    const [, closing, name = '', rest = '', empty] = /^(\/?)([A-Za-z-]+)((?:[^"/]|"[^"]*")*)(\/?)$/.exec(tag) ?? [];
    if (name === '') throw new Error(`no tag: <${tag}>`);
    if (closing === '/') {
      const ended = open.pop();
      if (ended?.name !== name) throw new Error(`</${name}> ends <${ended?.name}>`);
      continue;
    }
    const element: Open = { name, attributes: attributesOf(rest), children: [], text: '' };
    top.children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [only, ...more] = root.children;
  if (open.length !== 1 || only === undefined || more.length > 0)
    throw new Error('there must be one root, and it must end');
  return only;
}
