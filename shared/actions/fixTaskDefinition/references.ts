import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import * as z from 'zod';

/** ARN of a secret, and what of it is given: a key of its JSON, a stage, a version (ECS developer guide, "Pass Secrets Manager secrets"). */
const secretForm =
  /^(arn:aws(?:-[a-z]+)*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6})(?::([^:{}]*):([A-Za-z0-9_.-]*):([A-Za-z0-9-]*))?$/;

/** What of a secret a container is given. */
export interface SecretPart {
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  /** The label of the version; AWSCURRENT where neither is named. */
  readonly stage: string;
  /** Id of the version; empty: that with the label. */
  readonly version: string;
}

/** What `valueFrom` names; undefined where that is no secret with its whole ARN. Pure. */
export function secretPart(valueFrom: string): SecretPart | undefined {
  const [, arn, , stage = '', version = ''] = secretForm.exec(valueFrom) ?? [];
  if (arn === undefined) return undefined;
  const [, , , region = '', account = ''] = arn.split(':');
  return { arn, region, account, stage: stage === '' ? 'AWSCURRENT' : stage, version };
}

/** A variable whose value stands in plain text, and the secret that its owner has put a new value into. */
const reference = z.strictObject({
  /** Without it: every container that has the variable. */
  container: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,255}$/, 'must be the name of a container')
    .exactOptional(),
  variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/, 'must be the name of an environment variable'),
  /** As under `valueFrom`: its whole ARN, and `:KEY:STAGE:VERSION` where only a part of it is meant. */
  secret: z
    .string()
    .regex(
      secretForm,
      'must be the whole ARN of a secret, with its six characters, and :KEY:STAGE:VERSION behind it where only a part is meant',
    )
    .refine((text) => {
      const [, , , stage = '', version = ''] = secretForm.exec(text) ?? [];
      return stage === '' || version === '';
    }, 'must name a stage or a version, not both'),
});

export const references = z
  .array(reference)
  .min(1, 'must name at least one; leave it out for none')
  .max(20, 'must be at most 20')
  .refine((all) => {
    const names = all.map(({ container = '*', variable }) => `${container} ${variable}`);
    return new Set(names).size === names.length;
  }, 'must name each variable of a container once');
export type References = z.infer<typeof references>;

/** One variable of one container, and the secret that takes its place. */
export type Move = { readonly container: string; readonly variable: string; readonly secret: string };

/** The secret that a rule names for a variable; what names the container comes before what does not. */
const secretFor = (all: References, container: string, variable: string): string | undefined =>
  (
    all.find((one) => one.variable === variable && one.container === container) ??
    all.find((one) => one.variable === variable && one.container === undefined)
  )?.secret;

/** What stands in a definition in plain text that a rule names a secret for. Names alone. Pure. */
export const movesIn = ({ containerDefinitions = [] }: TaskDefinition, all: References): readonly Move[] =>
  containerDefinitions.flatMap(({ name: container = '', environment = [] }) =>
    environment.flatMap(({ name: variable = '' }) => {
      const secret = secretFor(all, container, variable);
      return secret === undefined ? [] : [{ container, variable, secret }];
    }),
  );

/** By name, of each variable of a container: null in plain text, else what it is given from. Never a value. */
export type Variables = { readonly [name: string]: string | null };

export const variablesOf = ({ environment = [], secrets = [] }: ContainerDefinition): Variables =>
  Object.fromEntries([
    ...environment.map(({ name = '' }) => [name, null]),
    ...secrets.map(({ name = '', valueFrom = '' }) => [name, valueFrom]),
  ]);

/** A container that is given these variables from secrets, behind those that it has, and in plain text no more. Pure. */
export function moved(container: ContainerDefinition, be: Variables): ContainerDefinition {
  const { environment = [], secrets = [] } = container;
  const added = environment.flatMap(({ name = '' }) => {
    const valueFrom = be[name];
    return valueFrom === undefined || valueFrom === null ? [] : [{ name, valueFrom }];
  });
  if (added.length === 0) return container;
  const names = new Set(added.map(({ name }) => name));
  return {
    ...container,
    environment: environment.filter(({ name = '' }) => !names.has(name)),
    secrets: [...secrets, ...added],
  };
}

/** A container without the variables that were moved, whether they are yet or not. Pure. */
export function withoutMoved(container: ContainerDefinition, moves: readonly Move[]): ContainerDefinition {
  const names = new Set(moves.flatMap((one) => (one.container === container.name ? [one.variable] : [])));
  const { environment = [], secrets = [], ...rest } = container;
  return {
    ...rest,
    environment: environment.filter(({ name = '' }) => !names.has(name)),
    secrets: secrets.filter(({ name = '' }) => !names.has(name)),
  };
}
