import { scenarios } from '../../../cli/demo/command.ts';
import { play } from '../../../cli/demo/play.ts';
import { NotAsTold, type Scenario } from '../../../cli/demo/scenario.ts';
import { UsageError } from '../../../cli/usage.ts';
import type { Template } from '../../../sandbox/template/deploy.ts';
import { TemplateError } from '../../../sandbox/template/intrinsics.ts';
import { bundles, packaged } from '../stage.ts';
import type { Proof } from './proof.ts';
import { proofs } from './proofs.ts';
import { type Removal, without } from './removals.ts';

/** Something that must happen on the template: a scenario of the demo, or a proof. */
export interface Judge {
  readonly name: string;
  readonly near: RegExp;
  /** Why it did not end as it should; null when it did. */
  readonly failure: (template: Template) => Promise<string | null>;
}

const silent = { step: <T>(_step: unknown, work: () => Promise<T>) => work(), played: () => undefined };

/** What each scenario is tried on first. Only time depends on it: without an entry, it is tried in the demo's order. */
const near: { readonly [scenario: string]: RegExp } = {
  'running-image': /^Notice|: (ReadEcs|ReadAnything: ecs)/,
  'refused-by-aws': /^ReportRole: SendMessages: PageTopic/,
  'bad-edit': /^Guard(?!ErrorAlarm)/,
  'broken-event': /^ImageScan.*(DEAD_LETTERS|DeadLetter)|^PageTopicPolicy: DeadLetter/,
  'miner-in-image': /^ThreatFinding|: (EcsContain|ReadEcs|ReadAnything: (application|ec2))/,
  'dead-machinery': /^(RunEnded|UntoldFailure|FailedRun|RemediationMachine(Role: PageFailure|: PageTopic)|Page)/,
};
const never = /^(?!)/;

const ofDemo = (scenario: Scenario): Judge => ({
  name: `demo ${scenario.name}`,
  near: near[scenario.name] ?? never,
  failure: async (template) => (await play(scenario, { artifacts: { template, bundles }, seed: 1 }, silent)).failed,
});

const ofProof = ({ name, near, happen }: Proof): Judge => ({
  name,
  near,
  failure: async (template) => {
    await happen(template);
    return null;
  },
});

export const demo: readonly Judge[] = scenarios.map(ofDemo);
export const worstDays: readonly Judge[] = proofs.map(ofProof);
const ofWholeDays = scenarios.filter(({ isWholeDay }) => isWholeDay === true).map(({ name }) => `demo ${name}`);
const takesLong = ({ name }: Judge): boolean => ofWholeDays.includes(name);
/** What takes longest comes last. */
const judges = [...demo, ...worstDays].toSorted((a, b) => Number(takesLong(a)) - Number(takesLong(b)));

/** What CloudFormation, or the service that it asks, refuses too; any other refusal is a gap of the sandbox. */
const refusedOnAws: readonly RegExp[] = [
  /(refers to|names) \w+, which the template does not have$/,
  // Lambda checks that the function's role may read the queue (Lambda developer guide, "Using Lambda with Amazon SQS").
  /\w+Mapping: InvalidParameterValueException: The function execution role does not have permissions to call/,
  // A role without a trust policy that has a statement.
  /MalformedPolicyDocument: .*trust policy/,
];

async function failureOf({ failure }: Judge, template: Template): Promise<string | null> {
  try {
    return await failure(template);
  } catch (error) {
    if (error instanceof NotAsTold || error instanceof UsageError) return error.message;
    const refused = error instanceof TemplateError && refusedOnAws.some((one) => one.test(error.message));
    if (refused) return error.message;
    throw error;
  }
}

/** The first that fails without a part of the packaged template, and why; null: all goes on as if it had been there. */
export async function failureWithout(removal: Removal): Promise<string | null> {
  const template = without(packaged, removal);
  const first = judges.filter((judge) => judge.near.test(removal.name));
  for (const judge of new Set([...first, ...judges])) {
    const failed = await failureOf(judge, template);
    if (failed !== null) return `${judge.name}: ${failed}`;
  }
  return null;
}
