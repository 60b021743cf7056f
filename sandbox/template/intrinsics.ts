/** What a resource answers to `Ref` and `Fn::GetAtt`. */
export interface Physical {
  readonly ref: string;
  readonly attributes: { readonly [name: string]: string };
}

export interface Scope {
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  /** What has been created so far, by logical id. */
  readonly resources: ReadonlyMap<string, Physical>;
}

/** A template that the sandbox does not understand: said before anything starts. */
export class TemplateError extends Error {
  constructor(path: string, message: string) {
    super(`template: ${path}: ${message}`);
    this.name = 'TemplateError';
  }
}

/** Values of one `Fn::Sub` that carries its own. */
type Own = ReadonlyMap<string, string>;
const none: Own = new Map();

const pseudo = (scope: Scope): ReadonlyMap<string, string> =>
  new Map([
    ['AWS::AccountId', scope.account],
    ['AWS::Region', scope.region],
    ['AWS::Partition', 'aws'],
    ['AWS::StackName', scope.stack],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ]);

function created(name: string, scope: Scope, path: string): Physical {
  const resource = scope.resources.get(name);
  if (resource === undefined) throw new TemplateError(path, `refers to ${name}, which the template does not have`);
  return resource;
}

function attribute(name: string, attributeName: string, scope: Scope, path: string): string {
  const { attributes } = created(name, scope, path);
  const value = Object.hasOwn(attributes, attributeName) ? attributes[attributeName] : undefined;
  if (value === undefined) throw new TemplateError(path, `${name} has no attribute ${attributeName} here`);
  return value;
}

const reference = (name: string, scope: Scope, path: string): string =>
  pseudo(scope).get(name) ?? created(name, scope, path).ref;

/** `${Name}`, `${Name.Attribute}`; `${!Name}` is the text `${Name}`. */
const PLACEHOLDER = /\$\{(!?)([^}]*)\}/g;

const substitute = (text: string, own: Own, scope: Scope, path: string): string =>
  text.replace(PLACEHOLDER, (_all, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    const dot = name.indexOf('.');
    const there = own.get(name);
    if (there !== undefined) return there;
    return dot < 0 ? reference(name, scope, path) : attribute(name.slice(0, dot), name.slice(dot + 1), scope, path);
  });

const isPair = (value: unknown): value is readonly [string, unknown] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';

function intrinsic(name: string, argument: unknown, scope: Scope, path: string): unknown {
  if (name === 'Ref' && typeof argument === 'string') return reference(argument, scope, path);
  if (name === 'Fn::Sub' && typeof argument === 'string') return substitute(argument, none, scope, path);
  if (name === 'Fn::Sub' && isPair(argument)) {
    const own = Object.entries(resolve(argument[1], scope, path) as object);
    return substitute(argument[0], new Map(own.map(([key, value]) => [key, String(value)])), scope, path);
  }
  if (name === 'Fn::GetAtt' && (typeof argument === 'string' || isPair(argument))) {
    const [resource = '', ...rest] = typeof argument === 'string' ? argument.split('.') : argument.map(String);
    return attribute(resource, rest.join('.'), scope, path);
  }
  if (name === 'Fn::Join' && isPair(argument)) {
    const parts = resolve(argument[1], scope, path);
    if (Array.isArray(parts)) return parts.join(argument[0]);
  }
  throw new TemplateError(path, `${name} is not known to the sandbox in this form`);
}

const isIntrinsic = (key: string): boolean => key === 'Ref' || key === 'Condition' || key.startsWith('Fn::');

/** A template value with every intrinsic function resolved. Throws TemplateError with the path of one that is not known. */
export function resolve(value: unknown, scope: Scope, path: string): unknown {
  if (Array.isArray(value)) return value.map((inner, index) => resolve(inner, scope, `${path}[${index}]`));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [only] = entries;
  // A policy's `Condition` holds a map; the intrinsic of that name holds the name of a condition.
  if (entries.length === 1 && only !== undefined && isIntrinsic(only[0]) && !isPolicyCondition(only)) {
    return intrinsic(only[0], only[1], scope, path);
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, resolve(inner, scope, `${path}.${key}`)]));
}

const isPolicyCondition = ([key, inner]: [string, unknown]): boolean =>
  key === 'Condition' && typeof inner === 'object';

/** Names that a template value refers to: logical ids, and pseudo parameters too. */
export function referencesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? ''];
    if (key !== 'Fn::Sub') return referencesOf(inner);
    const [text, own] = Array.isArray(inner) ? inner : [inner, {}];
    const names = [...String(text).matchAll(PLACEHOLDER)].filter(([, literal]) => literal === '');
    return [...names.map(([, , name]) => (name ?? '').split('.')[0] ?? ''), ...referencesOf(own)];
  });
}
