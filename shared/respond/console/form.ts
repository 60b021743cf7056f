import { plain } from '../../report/text.ts';

/** What somebody typed into a form, or one sentence that says what is wrong with it. */
export type Typed<T> = { readonly value: T } | { readonly wrong: string };

const mostReason = 500;

/** @param needed says what it is for */
export function reasonOf(form: URLSearchParams, needed?: string): Typed<string> {
  const text = (form.get('reason') ?? '').trim();
  if (text.length > mostReason) return { wrong: `The reason is longer than ${mostReason} characters.` };
  if (text !== '') return { value: text };
  return needed === undefined ? { value: 'no reason was given' } : { wrong: `Say why, ${needed}.` };
}

const mostHours = 168;

export function hoursOf(form: URLSearchParams): Typed<number> {
  const text = (form.get('hours') ?? '').trim();
  const hours = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return hours >= 1 && hours <= mostHours
    ? { value: hours * 3_600_000 }
    : { wrong: `"${plain(text, 40)}" is no number of hours from 1 to ${mostHours}.` };
}
