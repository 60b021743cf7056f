import { isCollection, isScalar, type parseDocument, visit, type YAMLError } from 'yaml';
import { startOf } from './position.ts';

/** A mistake in a text: where, counted in characters from 0, and one sentence with the mending. */
export interface Mistake {
  readonly offset: number;
  readonly message: string;
}

type Parsed = ReturnType<typeof parseDocument>;

/** What the parser says in its own terms, said in those of whoever wrote the file. */
const wording: { readonly [code in YAMLError['code']]?: string } = {
  TAB_AS_INDENT: 'a tab indents this line, which YAML does not allow; write spaces',
  DUPLICATE_KEY: 'this key stands in the same place twice; take one of them out',
  MULTIPLE_DOCS: 'a second document begins here, and an account file is one; take out the "---"',
  RESOURCE_EXHAUSTION: 'it is nested deeper than an account file can be; give the path of an account file',
};

/** What leaves the rest of the text as it was meant. After any other mistake it is guesswork. */
const LOCAL: ReadonlySet<string> = new Set(['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED']);

/** Everything that is wrong with a text as YAML; of what breaks its structure the first alone. */
export function unreadable(document: Parsed): readonly Mistake[] {
  const all = [...document.errors, ...document.warnings];
  const breaking = all.find(({ code }) => !LOCAL.has(code));
  const mistakes = (breaking === undefined ? all : [breaking]).map(({ code, message, pos }) => ({
    offset: pos[0],
    message: wording[code] ?? `not readable as YAML: ${message.split('\n')[0]}; mend the text there`,
  }));
  return mistakes.length > 0 ? mistakes : [...strangeAliases(document), ...strangeKeys(document)];
}

/** Aliases that stand for nothing, or for what they stand in. */
function strangeAliases(document: Parsed): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Alias: (_key, alias, around) => {
      const source = alias.resolve(document);
      const offset = startOf(alias) ?? 0;
      const name = alias.source;
      if (source === undefined) {
        mistakes.push({
          offset,
          message: `*${name} stands for nothing: no &${name} comes before it; write the value out`,
        });
      } else if (around.includes(source)) {
        mistakes.push({ offset, message: `*${name} stands within &${name}, without end; write the value out` });
      }
    },
  });
  return mistakes;
}

function strangeKeys(document: Parsed): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Pair: (_key, { key }) => {
      const message = strangeKey(key);
      if (message !== undefined) mistakes.push({ offset: startOf(key) ?? 0, message });
    },
  });
  return mistakes;
}

function strangeKey(key: unknown): string | undefined {
  if (isCollection(key)) return 'a list or a map cannot be a key; write one word there';
  // IAM's condition operator, of all words, is one of YAML's spellings of nothing.
  if (isScalar(key) && key.value === null && /^null$/i.test(key.source ?? ''))
    return `${key.source} without quotes stands for no value in YAML; write "${key.source}" in quotes`;
  if (!isScalar(key) || key.value === null) return 'a key is missing before the colon; write one word there';
  return key.value === '<<' ? 'a merge of other keys ("<<") is not taken; write them out' : undefined;
}

/** A text that is none: bytes of another encoding, or of a program or an archive. */
export function notText(text: string): Mistake | undefined {
  const offset = text.search(/[\0\uFFFD]/);
  return offset < 0
    ? undefined
    : { offset, message: 'this is not text in UTF-8; save the file as UTF-8, or give the path of an account file' };
}
