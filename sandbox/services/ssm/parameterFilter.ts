import type { ParameterStringFilter } from '@aws-sdk/client-ssm';
import { AwsError } from '../../account.ts';
import type { StoredParameter } from './state.ts';

type Test = (parameter: StoredParameter) => boolean;
type Compare = (held: string, asked: string) => boolean;

const BY_TEXT: Readonly<Record<string, Compare>> = {
  Equals: (held, asked) => held === asked,
  BeginsWith: (held, asked) => held.startsWith(asked),
};
const BY_NAME: Readonly<Record<string, Compare>> = { ...BY_TEXT, Contains: (held, asked) => held.includes(asked) };
const BY_PATH: Readonly<Record<string, Compare>> = {
  OneLevel: (name, path) => isBelow(name, path) && !name.slice(path.length + 1).includes('/'),
  Recursive: (name, path) => isBelow(name, path),
};

const isBelow = (name: string, path: string): boolean => name.startsWith(`${path}/`);

interface Kind {
  readonly options: Readonly<Record<string, Compare>>;
  readonly usual: string;
  /** What a parameter has of it; undefined: it has none. */
  readonly held: (parameter: StoredParameter) => string | undefined;
}

const text = (held: Kind['held']): Kind => ({ options: BY_TEXT, usual: 'Equals', held });

const KINDS: Readonly<Record<string, Kind>> = {
  DataType: text(({ dataType }) => dataType),
  // Of a SecureString, which this account does not have.
  KeyId: text(() => undefined),
  Name: { options: BY_NAME, usual: 'Equals', held: ({ name }) => name },
  Path: { options: BY_PATH, usual: 'OneLevel', held: ({ name }) => name },
  Tier: text(({ tier }) => tier),
  Type: text(({ type }) => type),
};

/**
 * The filters of DescribeParameters: all must hold, each with one of its values (ParameterStringFilter). Throws AwsError InvalidFilterKey, also for
 * `Label`, which it does not take, InvalidFilterOption and InvalidFilterValue.
 */
export function parameterFilter(filters: readonly ParameterStringFilter[]): Test {
  const tests = filters.map(testOf);
  return (parameter) => tests.every((test) => test(parameter));
}

function testOf({ Key = '', Option, Values = [] }: ParameterStringFilter): Test {
  const { options, usual, held } = kindOf(Key);
  const option = Option ?? usual;
  const compare = Object.hasOwn(options, option) ? options[option] : undefined;
  if (compare === undefined) {
    const valid = Object.keys(options).join(', ');
    throw new AwsError(
      'InvalidFilterOption',
      `The filter option ${option} is not valid for ${Key}. Valid options: ${valid}.`,
    );
  }
  const asked = Key === 'Path' ? Values.map(pathIn) : Values;
  // A tag may be asked for without a value: whoever has it, then.
  if (asked.length === 0 && !Key.startsWith('tag:')) throw invalidValue(Key);
  return (parameter) => {
    const value = held(parameter);
    return value !== undefined && (asked.length === 0 || asked.some((one) => compare(value, one)));
  };
}

function kindOf(key: string): Kind {
  if (/^tag:./.test(key)) return text(({ tags }) => tags?.[key.slice('tag:'.length)]);
  const kind = Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;
  if (kind !== undefined) return kind;
  throw new AwsError('InvalidFilterKey', `The filter key ${key} is not valid.`);
}

function pathIn(value: string): string {
  if (!value.startsWith('/')) throw invalidValue('Path');
  return value.replace(/\/$/, '');
}

const invalidValue = (key: string): AwsError =>
  new AwsError('InvalidFilterValue', `The filter value of ${key} is not valid. Verify the value and try again.`);
