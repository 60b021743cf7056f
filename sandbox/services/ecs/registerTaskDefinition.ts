import type {
  ContainerDefinition,
  RegisterTaskDefinitionRequest,
  RegisterTaskDefinitionResponse,
} from '@aws-sdk/client-ecs';
import { AwsError, operation } from '../../account.ts';
import { checkTogether } from './definitionChecks.ts';
import { describedDefinition, withDefaults } from './describe/definition.ts';
import { keyed } from './describe/task.ts';
import { passedRoles } from './needs.ts';
import { type DefinedContainer, ecsArn, type StoredTaskDefinition, taskDefinitions } from './state.ts';
import { tagsFrom } from './tagging.ts';

/** A new revision, always: of the same text, too. */
export const registerTaskDefinition = operation<RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse>(
  (input, account) => {
    const resource = ecsArn(account, `task-definition/${input.family ?? ''}:*`);
    return [
      { action: 'ecs:RegisterTaskDefinition', resource },
      ...((input.tags ?? []).length === 0
        ? []
        : [{ action: 'ecs:TagResource', resource, context: { 'ecs:CreateAction': 'RegisterTaskDefinition' } }]),
      ...passedRoles(input, account),
    ];
  },
  (input, { account, principal }) => {
    const { family = '', containerDefinitions, tags } = input;
    const settings = settingsOf(input);
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(family)) {
      throw new AwsError('ClientException', 'Family contains invalid characters.');
    }
    const containers = (containerDefinitions ?? []).map(checked);
    if (containers.length === 0) throw new AwsError('ClientException', 'Container list cannot be empty.');
    refuseFargateWithoutSize(settings);
    checkTogether(containers, settings);
    const all = taskDefinitions(account);
    const revisions = [...all.values()].filter((each) => each.family === family).map(({ revision }) => revision);
    const revision = Math.max(0, ...revisions) + 1;
    const made = {
      arn: ecsArn(account, `task-definition/${family}:${revision}`),
      family,
      revision,
      registeredAt: account.clock.now(),
      registeredBy: principal.kind === 'service' ? principal.sourceArn : principal.arn,
      containers,
      settings: { ...settings, networkMode: settings.networkMode ?? 'bridge' },
      status: 'ACTIVE',
      tags: tagsFrom(tags),
    } as const;
    all.set(`${family}:${revision}`, made);
    const shown = keyed(made.tags);
    return { taskDefinition: describedDefinition(made), ...(shown.length === 0 ? {} : { tags: shown }) };
  },
);

/** Throws AwsError ClientException. */
function checked(given: ContainerDefinition): DefinedContainer {
  const { name = '', image = '' } = given;
  if (name === '') throw new AwsError('ClientException', 'Container.name should not be null or empty.');
  if (image === '') throw new AwsError('ClientException', 'Container.image should not be null or empty.');
  return withDefaults({ ...given, name, image });
}

const SETTINGS = [
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'volumes',
  'placementConstraints',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'pidMode',
  'ipcMode',
  'proxyConfiguration',
  'ephemeralStorage',
  'runtimePlatform',
  'enableFaultInjection',
] as const satisfies readonly (keyof Settings)[];

type Settings = StoredTaskDefinition['settings'];

/** What ECS keeps of a request. What else a copied description holds (`revision`, `status` …) it ignores. */
const settingsOf = (input: RegisterTaskDefinitionRequest): Settings =>
  Object.fromEntries(SETTINGS.flatMap((key) => (input[key] === undefined ? [] : [[key, input[key]]])));

/** Throws AwsError ClientException. */
function refuseFargateWithoutSize({ requiresCompatibilities, networkMode, cpu, memory }: Settings): void {
  if (!requiresCompatibilities?.includes('FARGATE')) return;
  if (networkMode !== 'awsvpc') {
    throw new AwsError('ClientException', 'Fargate only supports network mode ‘awsvpc’.');
  }
  for (const [key, value] of Object.entries({ cpu, memory })) {
    if (value === undefined)
      throw new AwsError('ClientException', `Fargate requires that '${key}' be defined at the task level.`);
  }
}
