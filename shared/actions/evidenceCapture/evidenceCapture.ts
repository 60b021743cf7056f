import * as z from 'zod';
import { podsInCluster } from '../../account/podUsers.ts';
import { type ActContext, defineAction, type Target, type UndoPromise } from '../contract.ts';
import { functionNameOf } from '../targets/functionTarget.ts';
import { imageName } from '../targets/imageTarget.ts';
import { collect, storeFindings } from './collection.ts';
import { captureFunction } from './function.ts';
import { captureHost } from './host.ts';
import { captureImage } from './image.ts';
import { gone, type Observed, observeEvidence } from './observe.ts';
import { evidencePermissions } from './permissions.ts';
import { capturePod, podNamed } from './pod.ts';
import { readBack } from './readBack.ts';
import { captureTask } from './task.ts';

const params = z.strictObject({});
type Params = z.infer<typeof params>;

const reversal: UndoPromise = { possible: false, why: 'It only reads and stores; there is nothing to put back.' };

/** Stores what is known of a target before anything about it is changed. Nothing waits for it, and a miss stops nothing. */
export const evidenceCapture = defineAction<Params, Observed>({
  name: 'evidence.capture',
  summary:
    'Store the finding and what will be gone: of a task its description, log lines, service, network interface, host and images, of an image its manifests, scan result and users, of a host its description, network and volumes, of a function its configuration and log lines, of a pod its description and log lines',
  targets: [
    'image',
    'ecs-task',
    'ecs-cluster',
    'instance',
    'managed-instance',
    'ecr-repository',
    'ecs-task-definition',
    'pod',
    'role',
    'function',
    'secret',
    'security-group',
    'address',
    'other',
  ],
  params,
  example: '- evidence.capture',
  permissions: (target) => evidencePermissions(target),
  inCluster: {
    read: [
      { verb: 'get', group: '', resource: 'pods' },
      { verb: 'get', group: '', resource: 'pods/log' },
      ...podsInCluster,
    ],
    write: [],
  },
  facts: {
    phase: 'evidence',
    changes: false,
    destroysEvidence: false,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: false,
  },
  decisive: [],
  restores: [],
  volatile: ['state', 'owner'],
  reversal,
  limits: [
    'All evidence of a plan takes 60 seconds at most; what it did not get in that time is named in manifest.json.',
    'Of other targets than tasks, images, hosts, functions and pods the findings alone are stored.',
    'The layers of the image are not copied: archiving keeps them, and deleting them is nothing that Firebreak does.',
    'The memory and the file system of a task are not copied: nothing outside of it can read them on Fargate. Those of a host are not either: ec2.snapshot-volumes keeps its volumes.',
    'Log lines are the last 1,000 of each container, at most 256 KiB, and only where the awslogs driver writes them with a stream prefix in the same Region.',
    'Of a function the lines of the five streams of its own log group that were written to last are read, and CloudWatch Logs may take an hour to show when that was. Of one whose environment has a key of your own, which Firebreak may not use, no lines are stored; values that an older version has in its environment are not known, and stay in its lines. Its code is not copied: Lambda keeps it, and its SHA-256 is stored.',
    'Of a pod the lines since its containers were started last are read, not those before; its memory and its file system are not copied. Values that it has by reference (`secretKeyRef`, `envFrom`) or in files are not known, and stay in its lines.',
    'The values of environment variables are never stored; command lines, labels, options of log drivers and log lines are, without those values of at least eight characters that are written out in them.',
  ],
  timeoutSeconds: 330,
  observe: (target, _params, context) => observeEvidence(target, context),
  plan: (target, _params, { state }) => ({ kind: 'step', sentence: sentenceOf(target, state), undo: reversal }),
  intended: () => ({}),
  execute: async (target, _params, before, context) => ({ kind: 'done', did: await capture(target, before, context) }),
  verify: (_target, _params, _before, context) => readBack(context.evidence),
});

function sentenceOf(target: Target, state: string): string {
  switch (target.kind) {
    case 'image':
      return `Store the evidence on ${imageName(target)}: findings, manifests, scan result, and who ran it.`;
    case 'ecs-task':
      return state === gone
        ? `Store the findings on task ${target.id} and what is left of it: it is gone, and evidence was lost with it.`
        : `Store the evidence on task ${target.id}: findings, description, log lines, service, network interface, host and images.`;
    case 'instance':
      return state === gone
        ? `Store the findings on host ${target.id} alone: it is gone, and evidence was lost with it.`
        : `Store the evidence on host ${target.id}: findings, description, network interfaces, security groups and volumes.`;
    case 'function':
      return state === gone
        ? `Store the findings on function ${functionNameOf(target)} and what is left of it: it is gone, and evidence was lost with it.`
        : `Store the evidence on function ${functionNameOf(target)}: findings, configuration, concurrency and log lines.`;
    case 'pod':
      return state === gone || podNamed(target) === null
        ? `Store the findings on pod ${target.id} alone: ${state === gone ? 'it is gone, and evidence was lost with it' : 'they name no pod of their own'}.`
        : `Store the evidence on pod ${target.id}: findings, description and log lines.`;
    default:
      return `Store the findings on ${target.kind} ${target.id}, and nothing else.`;
  }
}

function capture(target: Target, { state }: Observed, context: ActContext): Promise<string> {
  switch (target.kind) {
    case 'image':
      return captureImage(target, context);
    case 'ecs-task':
      return captureTask(target, context);
    case 'instance':
      return captureHost(target, context);
    case 'function':
      return captureFunction(target, context);
    case 'pod':
      return capturePod(target, state === gone, context);
    default:
      return collect(target, `${target.kind} ${target.id}`, context, (all) => storeFindings(all, context));
  }
}
