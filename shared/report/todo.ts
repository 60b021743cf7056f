import type { Finding } from '../finding/finding.ts';
import type { Outcome, Receipt } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import type { Tier } from '../rules/rule.ts';
import { asksLines } from './asks.ts';
import type { Section } from './body.ts';
import { commandFor } from './command.ts';
import { leavesAtWork, leftOpen, resultOf } from './outcome.ts';
import { notReleasedLines, releasedLines } from './release.ts';
import type { Situation } from './situation.ts';
import { stopLines } from './stops.ts';
import { plain, shellWord } from './text.ts';

/** As the workload's reader names a role that could not be read. */
const unknownRole = 'unknown';

/** What a run came to, as far as it says what a person can do. */
export interface Came {
  readonly outcome: Outcome;
  readonly direction: 'do' | 'undo';
  readonly tier: Tier | 'none';
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  readonly situation: Situation;
  readonly incident: string;
  readonly stage: string;
  /** Until when an undo is held to; null when none is. */
  readonly heldUntil: string | null;
  /** That was the undo of another incident, which put back what this one would change. */
  readonly elsewhere?: true;
}

/** Whose findings they are, as people know them. */
const sourceNames: Readonly<Record<Finding['source'], string>> = {
  ecr: 'Amazon ECR',
  inspector: 'Amazon Inspector',
  guardduty: 'GuardDuty',
  config: 'AWS Config',
  ssm: 'Systems Manager',
  securityhub: 'Security Hub',
  inventory: 'the inventory',
};

/** Who says so when what is held goes on. */
function reportsAgain({ findings }: Plan): string {
  const sources = findings.flatMap(({ finding, decision }) =>
    decision === 'ignore' ? [] : [sourceNames[finding.source]],
  );
  return sources.length === 0 ? 'it is reported again' : `${[...new Set(sources)].join(' or ')} reports it again`;
}

/** What makes a held incident be decided again. While an undo is held to, nothing does. */
function heldLines({ heldUntil, incident, stage, elsewhere, situation, plan }: Came): readonly string[] {
  const scanned = incident.startsWith('image/');
  if (heldUntil !== null) {
    const first = scanned ? 'The first scan' : 'The first finding';
    return [
      `A person has undone it: until ${heldUntil} nothing is changed for this incident, and a finding that changes before then is held and told. ${first} after that is decided again.`,
      elsewhere === true
        ? 'The reason above names the incident whose undo that was: firebreak contain with that one takes it back.'
        : `To have it contained again before then: ${commandFor('contain', incident, stage)}`,
    ];
  }
  const stopped =
    'Firebreak stopped before changing anything more, for the reason above. It decides again when a finding';
  if (situation.fixes) {
    return [
      `${stopped} of this incident changes. Nobody was seen inside: it can wait for working hours.`,
      'Do by hand what it would have done, or remove the reason.',
    ];
  }
  return scanned
    ? [
        `${stopped} of this incident changes, and when the image is scanned again.`,
        'If the reason is a workload: move it to a clean version, then scan the image again.',
      ]
    : [
        `${stopped} of this incident changes. What is accused runs on until then, unless it was stopped above.`,
        `Do by hand what it would have done, or remove the reason: if it goes on, ${reportsAgain(plan)}.`,
      ];
}

/** What is pushed again and again is a matter for whoever pushes it: archiving it once more would not end that. */
const comesBackLines: readonly string[] = [
  'The image can be used. Find out who pushes it (in CloudTrail: PutImage on the repository), and end that.',
  'Then archive it by hand: the next scan finds it contained.',
];

/** What a person has changed back by hand stays so; both ways on from there are theirs. */
function changedBackLines({ plan, receipts, situation, incident, stage }: Came): readonly string[] {
  const back = plan.steps.filter(({ key }) => receipts.some((one) => one.key === key && one.against === 'person'));
  const images = [...new Set(back.flatMap(({ target }) => (target.kind === 'image' ? [target.repository] : [])))];
  return [
    `Somebody has changed it back by hand, and Firebreak does not revert that. If it was meant, undo accepts what is as it was before, and leaves anything else alone: ${commandFor('undo', incident, stage)}`,
    situation.fixes
      ? 'If it was not, do by hand what is undone above: Firebreak leaves it alone from now on.'
      : 'If it was not, have it contained again by doing by hand what is undone above. The next finding, or scan of the image, finds it contained.',
    ...images.map(
      (repository) =>
        `Archive each image that does not read ARCHIVED above, an index before what it lists: aws ecr update-image-storage-class --repository-name ${shellWord(repository)} --image-id imageDigest=DIGEST --target-storage-class ARCHIVE`,
    ),
  ];
}

/** Nobody is asked the same again. */
const rejectedLines: readonly string[] = [
  'You said no, so nothing of it is done. What would come out differently is asked again, with the next finding that makes it so.',
];

/** What is at risk while what contains has not been done. */
function atRisk({ plan, receipts }: Came): readonly string[] {
  const failed = plan.steps.filter((step) => step.facts.contains && resultOf(step, receipts) !== 'ok');
  const phases = new Set(failed.map(({ facts }) => facts.phase));
  return [
    ...(leavesAtWork(plan)
      ? [
          'Nothing that was done stops what is accused: it goes on, and may call out. Stop it, or have a rule contain it.',
        ]
      : []),
    ...(phases.has('workload') ? ['What is accused may still run, or be started again.'] : []),
    ...(phases.has('image') ? ['The image can still be used.'] : []),
  ];
}

/** What does not run for want of capacity, and what a person should do. */
const lacking = (receipts: readonly Receipt[]): readonly string[] =>
  receipts.flatMap(({ short }) => (short === undefined ? [] : plain(short.todo, 1000)));

const isCut = (receipts: readonly Receipt[]): boolean => receipts.some(({ short }) => short?.cut === true);

const looksOn =
  'Firebreak looks for another 20 minutes or so whether it comes up, and a notice tells you if it does. Nobody is woken for it again.';

function degraded({ situation: { down, wanted, loses, fixes, unfixed }, tier, plan, receipts }: Came): string {
  const done = `It is ${fixes ? 'fixed' : 'contained'}`;
  const when = tier === 'page' ? '' : ', in working hours';
  const waits = (key: string): boolean => receipts.some((one) => one.key === key && one.stops !== undefined);
  const failed = plan.steps.some((step) => resultOf(step, receipts) !== 'ok' && !waits(step.key));
  if (unfixed)
    return `What was found is still there, as far as that could be read back.${failed ? ` Finish by hand what failed above${when}.` : ''}`;
  const byHand = failed ? ['Finish by hand what failed above.'] : [];
  if (down) {
    const short = lacking(receipts);
    const what = short.length === 0 ? 'see what failed above, and bring it up.' : short.join(' ');
    return `It is contained, but what is clean does not run as it should: ${what}`;
  }
  if (wanted) return [`${done}. Decide what is still open above.`, ...byHand].join(' ');
  if (loses) return [`${done}. See to what is lost otherwise, as it says above${when}.`, ...byHand].join(' ');
  return tier === 'page'
    ? [`${done}.`, ...byHand].join(' ')
    : failed
      ? `${done}. Finish by hand what failed above, in working hours.`
      : `${done}, and a part of it waits.`;
}

/** Credentials in somebody's hands are cut off by hand: those of a workload, and those that a finding is about. */
function cutOff({ plan, receipts }: Came): readonly string[] {
  const revoked = plan.steps.flatMap((step) =>
    step.facts.phase === 'role' && resultOf(step, receipts) === 'ok' ? [step.target.id] : [],
  );
  const open = plan.openRoles
    .filter((role) => role !== unknownRole)
    .map((role) => role.slice(role.lastIndexOf('/') + 1));
  const accused = plan.findings.flatMap(({ finding: { resource }, decision }) =>
    resource.kind === 'role' && decision !== 'ignore' ? [resource.id] : [],
  );
  const failed = leftOpen(plan, receipts).map(({ id }) => id);
  return [...new Set([...open, ...accused, ...failed])]
    .filter((role) => !revoked.includes(role))
    .map(
      (role) =>
        `Cut off what was taken: in IAM, role ${plain(role, 100)}, "Revoke active sessions". Whoever else uses it is refused until it asks for new credentials, which may take hours: restart what must not wait.`,
    );
}

/** Nobody is woken for nothing: what is left to do though all was done that Firebreak does. */
function forWhomIsWoken(came: Came): readonly string[] {
  const { outcome, plan } = came;
  if (outcome !== 'contained') return cutOff(came);
  return [
    ...cutOff(came),
    ...(plan.class === 'A'
      ? ['Find out how it came in before it comes again: the evidence is kept, and says what was seen.']
      : []),
  ];
}

function heldFor(came: Came): readonly string[] {
  const { situation, heldUntil, incident, stage, plan } = came;
  if (plan.rejected !== undefined) return rejectedLines;
  if (situation.comesBack) return comesBackLines;
  const asked = plan.asks === undefined ? [] : asksLines(plan.asks, incident, stage);
  if (situation.stops.length > 0) return [...asked, ...stopLines(situation.stops, stage)];
  return situation.decided && heldUntil === null ? changedBackLines(came) : heldLines(came);
}

/** Whether an undo has put anything back: where it has not, there is nothing that others leave alone. */
const putsBack = ({ plan, receipts }: Came): boolean =>
  plan.steps.some((step) => step.facts.changes && resultOf(step, receipts) === 'ok');

/** What a person can do, where one is wanted. */
export function whatYouCanDo(came: Came): Section {
  const { outcome, direction, incident, stage, heldUntil, tier, receipts, situation } = came;
  const show = `See everything: ${commandFor('incidents show', incident, stage)}`;
  const heading = 'What you can do';
  const hold =
    direction === 'undo' && heldUntil !== null
      ? [
          `Until ${heldUntil} nothing is contained again for this incident${outcome === 'undone' || putsBack(came) ? ', and no other incident changes what was put back' : ''}; a new finding in that time is held and told.`,
        ]
      : [];
  if (direction === 'undo' && (outcome === 'held' || outcome === 'not-contained')) {
    const repeat = `Remove what stood in the way, then ask again: ${commandFor('undo', incident, stage)}`;
    const needed = came.plan.neededBy ?? [];
    const first = needed.map(
      (other) => `Another incident needs what stays. Undo that one: ${commandFor('undo', other, stage)}`,
    );
    const then = came.plan.left === true ? [] : [`Then ask again: ${commandFor('undo', incident, stage)}`];
    const again = needed.length === 0 ? [repeat] : then;
    const { release } = came.plan;
    const lines = release === undefined ? [...first, ...again] : notReleasedLines(release, incident, stage);
    return { heading, lines: [...stopLines(situation.stops, stage), ...lines, ...hold, show] };
  }
  switch (outcome) {
    case 'held':
      return {
        heading,
        lines: [
          ...heldFor(came),
          ...cutOff(came),
          'If it is a false alarm: publish an exemption with owner, reason and expiry.',
          show,
        ],
      };
    case 'not-contained': {
      const failed = came.plan.steps.some((step) => resultOf(step, receipts) === 'failed');
      const finish = 'Finish by hand what failed above, and look at what failed before trusting it.';
      const lines = [...atRisk(came), ...(failed || !leavesAtWork(came.plan) ? [finish] : [])].join(' ');
      const back = situation.decided ? changedBackLines(came) : [];
      return { heading, lines: [lines, ...cutOff(came), ...back, ...stopLines(situation.stops, stage), show] };
    }
    case 'degraded':
      return {
        heading,
        lines: [
          degraded(came),
          ...(tier === 'page' ? cutOff(came) : []),
          ...(came.plan.asks === undefined ? [] : asksLines(came.plan.asks, incident, stage)),
          ...stopLines(came.situation.stops, stage),
          ...(isCut(receipts) ? [looksOn] : []),
          show,
        ],
      };
    default:
      return tier === 'page'
        ? { heading, lines: [...forWhomIsWoken(came), show] }
        : {
            heading: 'More',
            lines: [
              ...lacking(receipts),
              ...(outcome === 'released' && came.plan.release !== undefined ? releasedLines(came.plan) : []),
              ...hold,
              show,
            ],
          };
  }
}
