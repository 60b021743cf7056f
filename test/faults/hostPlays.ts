import { type World, worldSchema } from '../../sandbox/world/schema.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import type { Stage } from '../system/stage.ts';
import type { Play } from './play.ts';
import type { HostTruth, Truth } from './truth.ts';

/** The node that events/ssm-patch.json names, and one beside it whose commands fail. */
const lacking = 'i-0ab12cd34ef567890';
const failing = 'i-0ab12cd34ef567891';
const ledger = `sha256:${'c'.repeat(64)}`;
const tasksOfLedger = 2;

/** A cluster of two hosts that lack patches, and a service that has room on either. */
export function hostsWorld(): Pick<World, 'repositories' | 'taskDefinitions' | 'clusters'> {
  const patches = [{ id: 'kernel.x86_64', severity: 'Critical' }, { id: 'openssl.x86_64' }];
  return worldSchema.parse({
    repositories: [{ name: 'faults/ledger', images: [{ digest: ledger, tags: ['2.7.1'] }] }],
    taskDefinitions: [{ family: 'ledger', revision: 14, containers: [{ name: 'app', image: 'faults/ledger:2.7.1' }] }],
    clusters: [
      {
        name: 'hosts',
        containerInstances: [
          { ec2InstanceId: lacking, ssm: { patches } },
          { ec2InstanceId: failing, ssm: { patches, commands: [{ exitCode: 1, stderr: 'no space left' }] } },
        ],
        services: [{ name: 'ledger', taskDefinition: 'ledger:14', desiredCount: tasksOfLedger, launchType: 'EC2' }],
      },
    ],
  });
}

/** Nobody is asked before a host is patched; what is not decided wakes somebody, as in the other rules here. */
export const hostsRules: { readonly [name: string]: string } = {
  hosts: `name: hosts
when:
  type: [PatchCompliance]
  status: [open]
do:
  - ssm.patch-hosts
mode: enforce
`,
};

/** Systems Manager finds a node not compliant, now. */
function finds(stage: Stage, host: string): void {
  const event = JSON.parse(JSON.stringify(sampleEvent('ssm-patch')).replaceAll(lacking, host)) as JsonObject;
  const time = `${new Date(stage.sandbox.clock.now()).toISOString().slice(0, 19)}Z`;
  stage.deliver({ ...event, id: stage.account.random.uuid(), time });
}

const isInstalled = ({ patches }: HostTruth): boolean => Object.values(patches).every((state) => state === 'Installed');

/** It takes tasks, and what it ran is back somewhere. */
function isBack({ status, connected }: HostTruth, { tasks }: Truth): boolean {
  const placed = Object.values(tasks).filter((some) => some.includes(ledger)).length;
  return status === 'ACTIVE' && connected && placed === tasksOfLedger;
}

const takesTasks =
  (host: string) =>
  (truth: Truth): boolean => {
    const it = truth.hosts[host];
    return it !== undefined && isBack(it, truth);
  };

function of(host: string, how: Pick<Play, 'name' | 'title' | 'ends'>): Play {
  const fixed = ({ hosts }: Truth): boolean => {
    const it = hosts[host];
    return it !== undefined && isInstalled(it);
  };
  return {
    ...how,
    begin: (stage) => finds(stage, host),
    incident: `instance/123456789012/us-east-1/${host}`,
    done: (truth) => fixed(truth) && takesTasks(host)(truth),
    fixed,
    takenBack: true,
    mayChange: { hosts: [host] },
  };
}

export const hostPlays: readonly Play[] = [
  of(lacking, {
    name: 'patch',
    title: 'a host of ECS that lacks patches',
    ends: { outcome: 'contained', pages: 0, stands: ['ssm.patch-hosts'] },
  }),
  of(failing, {
    name: 'patch-fails',
    title: 'a host of ECS that lacks patches, and whose command fails',
    ends: {
      outcome: 'degraded',
      pages: 0,
      stands: ['ssm.patch-hosts'],
      says: /NOT fixed, a step failed/,
      so: takesTasks(failing),
    },
  }),
];
