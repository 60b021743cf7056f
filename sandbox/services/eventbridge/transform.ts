import type { Json, JsonObject } from '../../../shared/platform/json.ts';
import { AwsError } from '../../account.ts';
import { checkPath, valueAt } from './path.ts';
import type { Rule, Target } from './state.ts';

export interface InputTransformer {
  readonly inputPathsMap?: { readonly [variable: string]: string };
  readonly inputTemplate: string;
}

const RESERVED = [
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
];

const VARIABLE = /<([^<>\s]+)>/g;

/**
 * Refuses a transformer that could not work: a name that nothing defines, a text without its quotes.
 * @throws AwsError ValidationException
 */
export function checkTransformer({ inputPathsMap = {}, inputTemplate }: InputTransformer): void {
  for (const [variable, path] of Object.entries(inputPathsMap)) {
    if (!/^[A-Za-z0-9_-]+$/.test(variable)) throw invalid(`Invalid input variable: ${variable}`);
    checkPath(path);
  }
  for (const [, variable = ''] of inputTemplate.matchAll(VARIABLE)) {
    if (!Object.hasOwn(inputPathsMap, variable) && !RESERVED.includes(variable)) {
      throw invalid(`InputTemplate names <${variable}>, which InputPathsMap does not define`);
    }
  }
  if (!isText(inputTemplate) && !isJson(inputTemplate.replaceAll(VARIABLE, inString(inputTemplate, 'v', '0')))) {
    throw invalid('Invalid InputTemplate: it is neither JSON nor text in double quotes');
  }
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

/** One quoted string, or lines of them: delivered as text. Anything else must come out as JSON. */
const isText = (template: string): boolean => template.trimStart().startsWith('"');

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Chooses by whether a variable stands within a JSON string of the template. */
function inString(
  template: string,
  within: string,
  outside: string,
): (variable: string, name: string, at: number) => string {
  return (_variable, _name, at) => {
    const quotes = template.slice(0, at).replaceAll(/\\./g, '').split('"').length - 1;
    return quotes % 2 === 1 ? within : outside;
  };
}

/**
 * What the target gets: the event, a part of it, constant text, or the filled template.
 * @returns undefined when a JSON template did not come out as JSON (EventBridge: INVALID_JSON)
 */
export function inputFor(rule: Rule, target: Target, envelope: JsonObject, ingestedAt: number): string | undefined {
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined) return JSON.stringify(valueAt(envelope, target.inputPath) ?? {});
  if (!target.inputTransformer) return JSON.stringify(envelope);
  const { inputPathsMap = {}, inputTemplate } = target.inputTransformer;
  const values = new Map<string, Json | undefined>([
    ['aws.events.rule-arn', rule.arn],
    ['aws.events.rule-name', rule.name],
    ['aws.events.event.ingestion-time', new Date(ingestedAt).toISOString()],
    ['aws.events.event', Object.fromEntries(Object.entries(envelope).filter(([key]) => key !== 'detail'))],
    ['aws.events.event.json', envelope],
    ...Object.entries(inputPathsMap).map(([name, path]): [string, Json | undefined] => [name, valueAt(envelope, path)]),
  ]);
  const filled = inputTemplate.replaceAll(VARIABLE, (variable: string, name: string, at: number) => {
    const value = values.get(name);
    return inString(inputTemplate, asText(value), value === undefined ? '' : JSON.stringify(value))(variable, name, at);
  });
  return isText(inputTemplate) || isJson(filled) ? filled : undefined;
}

/**
 * Within quotes a value is put in as it is, *not escaped* (documented under "Common issues"): a quotation mark in an event's
 * text can break the template's JSON, or add to it. Objects lose their quotation marks; a path without a value gives nothing.
 */
function asText(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '');
}
