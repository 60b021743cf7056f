import type {
  Command,
  CommandInvocation,
  GetCommandInvocationResult,
  InstancePatchState,
  SendCommandRequest,
} from '@aws-sdk/client-ssm';
import { eventsState } from '../../../../sandbox/services/eventbridge/state.ts';
import { type ManagedNode, managedNodes } from '../../../../sandbox/services/ssm/nodes/state.ts';
import type { Patch } from '../../../../sandbox/services/ssm/patches/patch.ts';
import { ssmService } from '../../../../sandbox/services/ssm/service.ts';
import { compilePattern } from '../../../../shared/rules/pattern/compile.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';

export const HOST = 'i-0ab12cd34ef567890';
export const OTHER = 'i-0ab12cd34ef567891';
export const THIRD = 'i-0ab12cd34ef567892';

export const patchOf = (id: string, settings: Partial<Patch> = {}): Patch => ({
  id,
  title: id,
  classification: 'Security',
  severity: 'Important',
  complianceLevel: 'UNSPECIFIED',
  cveIds: [],
  installs: true,
  state: 'Missing',
  ...settings,
});

type Settings = Partial<Omit<ManagedNode, 'patches'>> & { readonly patches?: readonly Patch[] };

/** An account with managed nodes, each Online unless it is said otherwise, and what is done to it. */
export function stageOf(nodes: Readonly<Record<string, Settings>> = { [HOST]: {} }) {
  const fake = fakeAccount();
  const { account, clock } = fake;
  for (const [id, { patches = [], ...settings }] of Object.entries(nodes)) {
    managedNodes(account).set(id, {
      id,
      platform: { type: 'Linux', name: 'Amazon Linux', version: '2023' },
      agentVersion: '3.3.3050.0',
      registeredAt: clock.now(),
      tags: {},
      patchGroup: '',
      behaviours: [],
      ping: 'Online',
      patches: new Map(patches.map((patch) => [patch.id, patch])),
      ...settings,
    });
  }
  const run = <O>(name: string, input: object): Promise<O> => invoke<O>(ssmService, name, input, fake.call());
  const node = (id = HOST): ManagedNode => managedNodes(account).get(id) as ManagedNode;
  return {
    ...fake,
    run,
    node,
    seconds: (count: number) => clock.advance(count * 1000),
    /** Runs a script on the first host, unless it is said otherwise. */
    send: async (input: Partial<SendCommandRequest> = {}): Promise<Command> => {
      const where = input.Targets === undefined ? { InstanceIds: [HOST] } : {};
      const script = { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['uptime'] } };
      const { Command } = await run<{ Command: Command }>('SendCommand', { ...where, ...script, ...input });
      return Command;
    },
    patch: async (parameters: Record<string, string>, input: Partial<SendCommandRequest> = {}): Promise<Command> => {
      const Parameters = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]]));
      const { Command } = await run<{ Command: Command }>('SendCommand', {
        InstanceIds: [HOST],
        DocumentName: 'AWS-RunPatchBaseline',
        Parameters,
        ...input,
      });
      return Command;
    },
    command: async ({ CommandId }: Command): Promise<Command | undefined> =>
      (await run<{ Commands: Command[] }>('ListCommands', { CommandId })).Commands[0],
    invocations: async ({ CommandId }: Command): Promise<CommandInvocation[]> =>
      (await run<{ CommandInvocations: CommandInvocation[] }>('ListCommandInvocations', { CommandId, Details: true }))
        .CommandInvocations,
    invocation: ({ CommandId }: Command, PluginName?: string, InstanceId = HOST): Promise<GetCommandInvocationResult> =>
      run('GetCommandInvocation', { CommandId, InstanceId, PluginName }),
    patchState: async (id = HOST): Promise<InstancePatchState | undefined> =>
      (await run<{ InstancePatchStates: InstancePatchState[] }>('DescribeInstancePatchStates', { InstanceIds: [id] }))
        .InstancePatchStates[0],
  };
}

export type Stage = ReturnType<typeof stageOf>;

interface Told {
  readonly 'detail-type': string;
  readonly resources: readonly string[];
  readonly detail: { readonly [key: string]: unknown };
}

/** Hears every event of Systems Manager; each is read from the queue of deliveries, before it is delivered. */
export function listen({ account, clock }: Stage): () => readonly Told[] {
  const eventPattern = { source: ['aws.ssm'] };
  eventsState(account).rules.set('all', {
    name: 'all',
    arn: 'arn:aws:events:eu-west-1:123456789012:rule/all',
    description: undefined,
    enabled: true,
    eventPattern,
    pattern: compilePattern(eventPattern),
    scheduleExpression: undefined,
    schedule: undefined,
    targets: [{ id: 'anyone', arn: 'arn:aws:sqs:eu-west-1:123456789012:all' }],
  });
  const told: Told[] = [];
  const after = clock.after;
  clock.after = (delay, kind, args, options) => {
    const { envelope } = (args ?? {}) as { readonly envelope?: unknown };
    if (envelope !== undefined) told.push(envelope as Told);
    return envelope === undefined ? after(delay, kind, args, options) : 0;
  };
  return () => told;
}
