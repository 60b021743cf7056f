import { canonicalJson, type Json } from '../shared/platform/json.ts';
import type { Answer } from './play.ts';

/** A field that one side does not have. */
export const ABSENT = '<absent>';

export interface Difference {
  readonly service: string;
  readonly operation: string;
  readonly step: string;
  /** The field's path; `$error`, `$status` and `$message` are those of a refusal. */
  readonly at: string;
  readonly ours: Json;
  readonly moto: Json;
}

/** What the comparison of one script found. */
export interface Compared {
  readonly service: string;
  /** Steps that both sides answered or refused. */
  readonly steps: readonly { readonly operation: string; readonly step: string; readonly equal: boolean }[];
  readonly differences: readonly Difference[];
  /** Operations that a side has not, with what it says of them. */
  readonly lacking: readonly { readonly side: 'sandbox' | 'moto'; readonly operation: string; readonly says: string }[];
}

type Field = Pick<Difference, 'at' | 'ours' | 'moto'>;

/** Compares what the sides answered, step by step. */
export function compare(service: string, ours: readonly Answer[], motos: readonly Answer[]): Compared {
  const steps: Compared['steps'][number][] = [];
  const differences: Difference[] = [];
  const lacking: Compared['lacking'][number][] = [];
  for (const [at, own] of ours.entries()) {
    const moto = motos[at];
    if (moto === undefined || moto.step !== own.step) throw new Error(`${service}: the sides were not asked the same`);
    const { operation, step } = own;
    const missing = (
      [
        ['sandbox', own],
        ['moto', moto],
      ] as const
    ).filter(([, answer]) => isMissing(answer));
    if (missing.length > 0) {
      lacking.push(
        ...missing.map(([side, { value }]) => ({
          side,
          operation,
          says: String(value['$lacking'] ?? value['$unasked']),
        })),
      );
      continue;
    }
    const found = between(own, moto);
    steps.push({ operation, step, equal: found.length === 0 });
    differences.push(...found.map((field) => ({ service, operation, step, ...field })));
  }
  return { service, steps, differences, lacking };
}

/** What cannot be asked follows from an earlier step, which has its own entry. */
const isMissing = ({ kind }: Answer): boolean => kind === 'lacking' || kind === 'unasked';

/** Where one side refused and the other did not, or with another error, that is the one difference. */
function between(own: Answer, moto: Answer): readonly Field[] {
  if (own.kind === moto.kind && own.value['$error'] === moto.value['$error']) return fields(own.value, moto.value, '');
  const said = ({ value }: Answer): Json => value['$error'] ?? ABSENT;
  return [{ at: '$error', ours: said(own), moto: said(moto) }];
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function fields(ours: Json | undefined, moto: Json | undefined, at: string): readonly Field[] {
  if (Array.isArray(ours) && Array.isArray(moto)) {
    const longer = ours.length > moto.length ? ours : moto;
    return longer.flatMap((_, index) => fields(ours[index], moto[index], `${at}[${index}]`));
  }
  if (isObject(ours) && isObject(moto)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(moto)])].sort();
    return keys.flatMap((key) => fields(ours[key], moto[key], at === '' ? key : `${at}.${key}`));
  }
  const same = ours !== undefined && moto !== undefined && canonicalJson(ours) === canonicalJson(moto);
  return same ? [] : [{ at, ours: ours === undefined ? ABSENT : ours, moto: moto === undefined ? ABSENT : moto }];
}
