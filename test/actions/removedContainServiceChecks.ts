import type { RemovedCheck } from '../removedCheck.ts';

/** What a containment of a service rests on: nothing that comes back at once, nothing undone to what never ran. */
export const containServiceChecks: readonly RemovedCheck[] = [
  {
    file: 'shared/actions/containServicePlan.ts',
    text: "if (strategy === 'replace-task' && observed.cause === 'image' && observed.deploying !== 'other') {",
    replacement: "if (strategy === 'replace-task' && observed.cause === null) {",
    test: 'test/actions/containServicePlan.test.ts',
    why: 'tasks of a bad image are stopped again and again, and the service is down for nothing',
  },
  {
    file: 'shared/actions/containServicePlan.ts',
    text: 'leaves: { arns: live, pulledUntil },',
    replacement: 'leaves: { arns: [target.arn, ...live], pulledUntil },',
    test: 'test/actions/containServicePlan.test.ts',
    why: 'a service at zero is taken for one that has left its image, round after round',
  },
  {
    file: 'shared/actions/containServicePlan.ts',
    text: 'leaves: { arns: [arn, ...live], pulledUntil },',
    replacement: 'leaves: { arns: [arn, ...affected], pulledUntil },',
    test: 'test/actions/containServicePlan.test.ts',
    why: 'in a deployment, a task that starts keeps the bad image in use, and it waits for a person',
  },
  {
    file: 'shared/actions/containServiceChanges.ts',
    text: 'if (moved !== undefined) {',
    replacement: "if (moved === '') {",
    test: 'test/actions/containServiceUndo.test.ts',
    why: 'an undo deploys what somebody has pushed meanwhile',
  },
  {
    file: 'shared/actions/containServiceVerify.ts',
    text: '    otherVersion(service, before) ||\n',
    replacement: '',
    test: 'test/actions/containServiceUndo.test.ts',
    why: 'a service counts as undone that runs another digest than before',
  },
  {
    file: 'shared/actions/containServiceObserve.ts',
    text: 'undoneTo.safeParse(context.before).data ?? ',
    replacement: '',
    test: 'test/actions/containServiceUndo.test.ts',
    why: 'a second look plans the way back to the clean version, without the roles of the other',
  },
  {
    file: 'shared/actions/containServicePlan.ts',
    text: "observed.cause === 'image' && !observed.runsAccused",
    replacement: 'false as boolean',
    test: 'test/actions/containServicePlan.test.ts',
    name: 'that somebody has deployed',
    why: 'a service is rolled back from the version that a person has deployed over the bad one',
  },
  {
    file: 'shared/actions/containServicePlan.ts',
    text: "affected.length === 0 && !(cause === 'image' && observed.runsAccused)",
    replacement: 'affected.length === 0',
    test: 'test/actions/containServicePlan.test.ts',
    name: 'though no task is accused',
    why: 'a service that deploys the bad image is left to start it again',
  },
];
