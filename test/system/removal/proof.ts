import { expectThat } from '../../../cli/demo/scenario.ts';
import { abortExecution } from '../../../sandbox/services/states/engine/execution.ts';
import type { Template } from '../../../sandbox/template/deploy.ts';
import type { JsonObject } from '../../../shared/platform/json.ts';
import type { DeployedSource } from '../sources.ts';
import type { Stage, Told } from '../stage.ts';

/** What must happen on the deployed template beyond what the demo shows: the worst days of the machinery itself. */
export interface Proof {
  readonly name: string;
  /** Removals, by name, that it is tried on before the demo. Only time depends on it. */
  readonly near: RegExp;
  /** Throws NotAsTold when it came out otherwise. */
  readonly happen: (template: Template) => Promise<void>;
}

/** Messages about incidents, neither alarms nor what the machine says of itself. */
export const news = (stage: Stage): readonly Told[] =>
  stage.told().filter(({ subject }) => subject.includes('payments/'));

/** The event of a source has led to what it must, and one message has said so. */
export function expectTold(stage: Stage, { name, incident, about, outcome, tier }: DeployedSource): void {
  const tiers = stage.told().flatMap(({ subject, tier: heard }) => (subject.includes(about) ? [heard] : []));
  expectThat(tiers.join() === tier, `of the event of ${name} told: ${tiers.join() || 'nobody'}`);
  const came = stage.heads().find((head) => head.incident === incident)?.outcome;
  expectThat(came === outcome, `the event of ${name} came out as ${came}`);
}

/** An alarm has told this tier, and nobody else. */
export function expectAlarm(stage: Stage, name: string, tier: string): void {
  const heard = stage.told().filter(({ subject }) => subject.startsWith(`ALARM: "firebreak-dev-${name}"`));
  const tiers = heard.map((one) => one.tier).join();
  expectThat(tiers === tier, `the alarm ${name} told ${tiers || 'nobody'}, not ${tier}`);
}

/** Somebody stops the first run, as soon as it is under way. */
export async function stopFirstRun(stage: Stage): Promise<void> {
  for (let step = 0; step < 100 && stage.executions().length === 0; step += 1) await stage.pass(0.02);
  const [execution] = stage.executions();
  expectThat(execution?.status === 'RUNNING', 'no run began');
  if (execution !== undefined) abortExecution(stage.account, execution);
}

/** `Step Functions Execution Status Change` of the remediation machine. */
export function tellEnd({ sandbox, account, deliver }: Stage, detail: JsonObject): void {
  deliver({
    id: account.random.uuid(),
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    account: account.id,
    region: account.region,
    time: new Date(account.clock.now()).toISOString(),
    detail: { stateMachineArn: sandbox.stack.outputs['StateMachineArn'] ?? '', ...detail },
  });
}
