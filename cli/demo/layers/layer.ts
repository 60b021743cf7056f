import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../../sandbox/account.ts';
import { readHead } from '../../../shared/incident/head.ts';
import { type IncidentRecord, readIncident } from '../../../shared/incident/incidentRecord.ts';
import type { Receipt } from '../../../shared/incident/items.ts';
import { openHeads } from '../../../shared/incident/openHeads.ts';
import { askedIn } from '../../../shared/plan/stop.ts';
import { answer } from '../../../shared/respond/answer.ts';
import { approveWaiting } from '../../../shared/respond/approveSet.ts';
import { undo } from '../../../shared/respond/undo.ts';
import { root } from '../../artifacts.ts';
import { comesNow } from '../day.ts';
import { expectHeard } from '../looks.ts';
import { expectThat, NotAsTold, type Scenario } from '../scenario.ts';
import type { Theatre } from '../theatre.ts';

/** A finding of one layer and what the default pack does about it, once a team lets it: what a scenario is made of. */
export interface Layer {
  /** As its scenario is named on the command line. */
  readonly name: string;
  readonly title: string;
  /** Source and type of what is found, for a table. */
  readonly finding: string;
  /** The event of `events/` that comes in. */
  readonly sample: string;
  /** Of what the event names, what has another name in the account. */
  readonly named?: (account: Account) => { readonly [inEvent: string]: string };
  /** The rule that takes it: of the default pack, or of `examples/rules/`. */
  readonly rule: string;
  /** A line of the rule that the team completes, and what it writes there instead; absent where it only lets it act. */
  readonly completed?: readonly [line: string, instead: string];
  /** What it does of which this tells. */
  readonly action: string;
  /** What AWS's own API says about what is changed, in one line. */
  readonly look: (theatre: Theatre) => Promise<string>;
  /** What becomes of it. */
  readonly outcome: IncidentRecord['outcome'];
  /** What was found is found as fixed afterwards: that, too, may be the last of the incident, about which nothing is to be done. */
  readonly foundFixed?: true;
  /** Tier of the message in which a person is asked, who approves it; absent: nobody is asked. */
  readonly asked?: string;
  /** Tiers of the messages that are sent about it, in their order. */
  readonly told: string;
  /** Why it is not undone; absent where it is. */
  readonly notUndone?: RegExp;
  /** What `look` says after an undo, where what was stopped does not come back; absent: what it said before. */
  readonly staysAs?: RegExp;
  /** How long an undo has to wait first. */
  readonly undoneAfterHours?: number;
}

/** The sample as it would come in now, of what there is in the account. */
function sampleNow({ sandbox: { account }, now }: Theatre, { sample, named }: Layer): object {
  const names = Object.entries(named?.(account) ?? {});
  const text = JSON.stringify(comesNow(account, sample, now()));
  return JSON.parse(names.reduce((all, [inEvent, here]) => all.replaceAll(inEvent, here), text));
}

const observes = /^mode: observe$/m;

/** A rule of the default pack, or an example beside it. */
function textOf(rule: string): { readonly text: string; readonly isShipped: boolean } {
  const shipped = join(root, 'rules', `${rule}.yaml`);
  const isShipped = existsSync(shipped);
  return { text: readFileSync(isShipped ? shipped : join(root, 'examples/rules', `${rule}.yaml`), 'utf8'), isShipped };
}

/** Nothing but that, and a line that a team has to complete, changes in the rule. */
async function letAct(theatre: Theatre, { rule, completed, undoneAfterHours }: Layer): Promise<readonly string[]> {
  const { text, isShipped } = textOf(rule);
  // Until the guard has put the pack there: within a minute, or an hour where what comes every minute comes every hour.
  const guardSeconds = undoneAfterHours === undefined ? 61 : 3601;
  await theatre.pass(guardSeconds);
  if (isShipped && !observes.test(text)) return [`${rule} acts as it is shipped`];
  const [line = '', instead = ''] = completed ?? [];
  expectThat(text.includes(line), `${rule} has no line ${line}`);
  theatre.editRule(rule, text.replace(line, instead).replace(observes, 'mode: enforce'));
  await theatre.pass(61);
  const approved = await approveWhatWaits(theatre, guardSeconds);
  const status = await theatre.status();
  expectThat(status.startsWith('Rule set 2 decides'), `the guard says: ${status}`);
  const did = isShipped
    ? `${rule}: mode: observe → mode: enforce`
    : `examples/rules/${rule}.yaml is put beside the pack`;
  return [did, ...(completed === undefined ? [] : [`${line} → ${instead}`]), ...approved];
}

/** An edit that may do harm waits for a person, who says here that it is meant. */
async function approveWhatWaits(theatre: Theatre, guardSeconds: number): Promise<readonly string[]> {
  const [, hash] = /firebreak rules approve (\w+)/.exec(await theatre.status()) ?? [];
  if (hash === undefined) return [];
  const { effects } = theatre.stage;
  const answer = await approveWaiting(effects, { hash, by: 'demo', reason: 'as its comment says' });
  expectThat(answer.kind === 'approved', `its approval was answered by ${answer.kind}`);
  await theatre.pass(guardSeconds);
  const told = expectHeard(theatre, 'notice');
  return ['the guard has it wait, and it is approved (firebreak rules approve)', ...told];
}

/** The only incident that is open. */
export async function incidentNow({ stage: { effects } }: Theatre): Promise<IncidentRecord> {
  const heads = await openHeads(effects.table);
  const [head] = heads;
  const record = head === undefined || heads.length > 1 ? undefined : await readIncident(effects, head.incident);
  if (record === undefined) throw new NotAsTold(`${heads.length} incidents are open, not one`);
  return record;
}

/** A step that AWS went on with is done, too, once it was read back. */
const isDone = ({ state, verified }: Pick<Receipt, 'state' | 'verified'>): boolean =>
  state === 'done' || (state === 'waiting' && verified?.state === 'holds');

/** What its last plan about it did and how that was read back; of the action in question there must be something. */
function doneIn({ plans, outcome }: IncidentRecord, layer: Layer): readonly string[] {
  const isMeant = outcome === layer.outcome || (layer.foundFixed === true && outcome === 'ignored');
  expectThat(isMeant, `the incident ended as ${outcome}, not ${layer.outcome}`);
  // A finding that says that it is fixed is planned, too, and nothing is done about it.
  const plan = plans.findLast(({ steps }) => steps.some(({ action }) => action === layer.action));
  const steps = (plan?.steps ?? []).flatMap(({ action, receipt }) =>
    receipt?.verified === undefined ? [] : [{ action, receipt, seen: receipt.verified.seen }],
  );
  expectThat(
    steps.some(({ action, receipt }) => action === layer.action && isDone(receipt)),
    `${layer.action} was not done and read back`,
  );
  return steps.map(({ action, seen }) => `${action}, read back: ${seen}`);
}

/** Nothing was done yet; somebody says yes to what is asked. */
async function approveAsked(theatre: Theatre, { look }: Layer, tier: string): Promise<readonly string[]> {
  const { effects } = theatre.stage;
  const now = await look(theatre);
  expectThat(now === theatre.notes.get(before), `it was not waited for: ${now}`);
  const heard = expectHeard(theatre, tier, ['What was not done, and why']);
  const { incident } = await incidentNow(theatre);
  const asked = askedIn((await readHead(effects.table, incident))?.stops ?? null);
  if (asked === undefined) throw new NotAsTold('nobody is asked');
  const yes = { incident, plan: asked.of, kind: 'approve', by: 'demo', reason: 'looked at' } as const;
  const { kind } = await answer(effects, yes);
  expectThat(kind === 'given', `the approval was answered by ${kind}`);
  await theatre.settle();
  return [...heard, 'firebreak approve'];
}

const before = 'before';

async function takeBack(theatre: Theatre, layer: Layer): Promise<readonly string[]> {
  await theatre.pass((layer.undoneAfterHours ?? 0) * 3600);
  const { incident } = await incidentNow(theatre);
  const answer = await undo(theatre.stage.effects, { incident, by: 'demo', reason: 'a false alarm' });
  if (layer.notUndone !== undefined) {
    if (answer.kind !== 'nothing') throw new NotAsTold(`undo answered ${answer.kind}`);
    expectThat(layer.notUndone.test(answer.reason), `undo says: ${answer.reason}`);
    return [answer.reason];
  }
  expectThat(answer.kind === 'opened', `undo answered ${JSON.stringify(answer)}`);
  await theatre.settle();
  const now = await layer.look(theatre);
  const isMeant = layer.staysAs === undefined ? now === theatre.notes.get(before) : layer.staysAs.test(now);
  expectThat(isMeant, `it is not as it was: ${now}`);
  const heard = expectHeard(theatre, 'notice');
  expectThat(
    heard.every((line) => !line.includes('but a part')),
    `not all was put back: ${heard.join('; ')}`,
  );
  return [now, ...heard];
}

/** From its event to its undo, through the packaged template and a rule of the pack, or of the examples. */
export const scenarioOf = (layer: Layer): Scenario => ({
  ...{ name: layer.name, title: layer.title, world: 'layers.account.yaml' },
  ...(layer.undoneAfterHours === undefined ? {} : { ofDays: true }),
  steps: [
    {
      title: 'The rule that is about it is let act',
      happen: (theatre) => letAct(theatre, layer),
    },
    {
      title: 'The finding comes in',
      happen: async (theatre) => {
        theatre.notes.set(before, await layer.look(theatre));
        theatre.deliver(sampleNow(theatre, layer));
        await theatre.settle();
        const { findings, rule } = await incidentNow(theatre);
        expectThat(rule?.name === layer.rule, `rule ${rule?.name ?? 'none'} took it, not ${layer.rule}`);
        return findings.map(({ title, type, label }) => `${title} (${type}, ${label})`);
      },
    },
    ...(layer.asked === undefined
      ? []
      : [
          {
            title: 'A person is asked, and approves it',
            happen: (theatre: Theatre) => approveAsked(theatre, layer, layer.asked ?? ''),
          },
        ]),
    {
      title: 'What was done, and how that is known',
      happen: async (theatre) => {
        const was = theatre.notes.get(before);
        const now = await layer.look(theatre);
        expectThat(now !== was, `nothing changed: ${now}`);
        return [...doneIn(await incidentNow(theatre), layer), `AWS itself: ${was} → ${now}`];
      },
    },
    {
      title: layer.told.includes('page') ? 'Somebody is woken, and told why' : 'Nobody is woken',
      happen: async (theatre) => expectHeard(theatre, layer.told, ['What was not done, and why']),
    },
    {
      title: layer.notUndone === undefined ? 'It was a false alarm: firebreak undo' : 'firebreak undo says why not',
      happen: (theatre) => takeBack(theatre, layer),
    },
  ],
});
