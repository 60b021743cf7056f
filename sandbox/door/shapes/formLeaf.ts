import { AwsError } from '../../account.ts';
import type { Wire } from './conform.ts';
import type { Shape } from './shape.ts';

const FITS: Readonly<Record<Extract<Shape, string>, (text: string) => boolean>> = {
  string: () => true,
  blob: () => true,
  document: () => true,
  number: (text) => /^[+-]?\d{1,15}(?:\.\d+)?$/.test(text),
  boolean: (text) => /^(?:true|false)$/i.test(text),
  time: (text) => !Number.isNaN(Date.parse(text)),
  'time-text': (text) => !Number.isNaN(Date.parse(text)),
};

/** A form: every value is a text, which must read as the model's type. An empty text is an empty list. @param code of the refusal */
export function formLeaf(code: string): Wire {
  const refuse = (value: unknown, path: string): never => {
    const what = typeof value === 'string' ? `the value '${value.slice(0, 100)}'` : 'a structure or list';
    throw new AwsError(code, `Invalid ${path}: ${what} is not of the type that is expected there`);
  };
  return {
    leaf(shape, value, path) {
      if (typeof shape !== 'string') return;
      if (typeof value !== 'string' || !FITS[shape](value)) refuse(value, path);
    },
    emptyList: '',
    refuse,
  };
}
