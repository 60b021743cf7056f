import type { Artifacts } from '../../sandbox/sandbox.ts';
import { type CompiledPattern, compilePattern } from '../../shared/rules/pattern/compile.ts';
import { type Missed, mismatchOf, missedBy, nearestOf } from '../../shared/rules/pattern/explain.ts';
import { matches } from '../../shared/rules/pattern/match.ts';

/** An EventBridge rule that leads to a queue, and the function that the queue's mapping feeds. */
export interface Route {
  readonly rule: string;
  readonly pattern: CompiledPattern;
  /** The function's key in serverless.yml. */
  readonly intake: string;
}

export type Routed =
  | { readonly intake: string }
  /** One clause: no rule lets it through, and why the nearest does not. */
  | { readonly intake: null; readonly because: string };

type Fields = { readonly [name: string]: unknown };
const fieldsOf = (value: unknown): Fields => (value !== null && typeof value === 'object' ? (value as Fields) : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The logical id in `Fn::GetAtt: [Id, Arn]`, as `serverless package` writes it. */
const idOf = (arn: unknown): string => {
  const got = fieldsOf(arn)['Fn::GetAtt'];
  return String(Array.isArray(got) ? got[0] : String(got).split('.')[0]);
};

/** `firebreak-dev-imageScan` -> `imageScan`: serverless puts service and stage in front of the key. */
function functionKey({ FunctionName, Environment }: Fields): string {
  const name = String(FunctionName);
  const stage = fieldsOf(fieldsOf(Environment)['Variables'])['STAGE'];
  const prefix = `firebreak-${String(stage)}-`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** Every way from the bus through a queue to a function that the compiled template has. */
export function routesOf(template: Artifacts['template']): readonly Route[] {
  const resources = Object.entries(template.Resources).map(([id, { Type, Properties }]) => ({
    id,
    type: Type,
    properties: fieldsOf(Properties),
  }));
  const functionOf = new Map(
    resources
      .filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
      .map(({ properties }) => [idOf(properties['EventSourceArn']), idOf(properties['FunctionName'])]),
  );
  const keyOf = (queue: string): string | undefined => {
    const fed = resources.find(({ id }) => id === functionOf.get(queue));
    return fed === undefined ? undefined : functionKey(fed.properties);
  };
  return resources.flatMap(({ id, type, properties }) => {
    const { EventPattern: pattern, Targets: targets, State: state } = properties;
    if (type !== 'AWS::Events::Rule' || pattern === undefined || state === 'DISABLED') return [];
    const fed = listOf(targets).flatMap((target) => keyOf(idOf(fieldsOf(target)['Arn'])) ?? []);
    return [...new Set(fed)].map((intake) => ({ rule: id, pattern: compilePattern(pattern), intake }));
  });
}

/** What is of another kind is not what a pattern listens to, however much of the rest would hold. */
const listens = ({ unmet }: Missed): boolean =>
  !unmet.some(({ steps: [name] }) => name === 'source' || name === 'detail-type');

function whyUnrouted(routes: readonly Route[], event: unknown): string {
  const missed = routes.flatMap(({ rule, pattern }) => missedBy(pattern, event).map((one) => ({ ...one, rule })));
  const near = nearestOf(missed.filter(listens));
  if (near !== undefined) return `${near.rule}: ${mismatchOf(near).because}`;
  const { source, 'detail-type': type } = fieldsOf(event);
  return `none listens to ${JSON.stringify(type)} events of ${String(source)}`;
}

/** Where EventBridge would send an event. */
export function route(routes: readonly Route[], event: unknown): Routed {
  const to = routes.find(({ pattern }) => matches(pattern, event));
  if (to !== undefined) return { intake: to.intake };
  const because = `No rule of the template routes it, so Firebreak never sees it (${whyUnrouted(routes, event)}).`;
  return { intake: null, because };
}
