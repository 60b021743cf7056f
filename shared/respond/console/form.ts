import { plain } from '../../report/text.ts';
import { longestLeaseDays } from '../../rules/schema.ts';
import { mostHoldDays } from '../hold.ts';
import { isVersion } from '../release.ts';

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

const mostDays = longestLeaseDays;

export function daysOf(form: URLSearchParams): Typed<number> {
  const text = (form.get('days') ?? '').trim();
  const days = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= mostDays
    ? { value: days * 86_400_000 }
    : { wrong: `"${plain(text, 40)}" is no number of days from 1 to ${mostDays}.` };
}

/** Null: what runs now stays. */
export function versionOf(form: URLSearchParams): Typed<string | null> {
  const text = (form.get('to') ?? '').trim();
  if (text === '') return { value: null };
  return isVersion(text)
    ? { value: text }
    : {
        wrong: `"${plain(text, 100)}" is no version: write family:revision, the ARN of a task definition, or the digest of an image (sha256:…).`,
      };
}

const mostHours = mostHoldDays * 24;

export function hoursOf(form: URLSearchParams): Typed<number> {
  const text = (form.get('hours') ?? '').trim();
  const hours = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return hours >= 1 && hours <= mostHours
    ? { value: hours * 3_600_000 }
    : { wrong: `"${plain(text, 40)}" is no number of hours from 1 to ${mostHours}.` };
}
