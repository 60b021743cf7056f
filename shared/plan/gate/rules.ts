import type { RunnableImage } from '../../account/askedImage.ts';
import type { Finding } from '../../finding/finding.ts';
import { reportedFindings } from '../../finding/imageScan/reported.ts';
import { InvalidEvent } from '../../platform/errors.ts';
import type { Exempted } from '../../rules/decide.ts';
import type { Rule } from '../../rules/rule.ts';
import { decideFinding } from '../match.ts';
import type { Matched } from '../plan.ts';
import { mostSevereFirst } from '../rank.ts';
import { pullable, reason, worstFirst } from './reason.ts';
import { over } from './scan.ts';
import type { Asked, Level, Looked, Reason } from './verdict.ts';

/** So many findings stand in a reason; the others are counted. */
const mostFindings = 20;
/** And so many are named in its sentence. */
const mostNamed = 3;

/** What the rules say of the findings that the scans of the image give, by the code that decides in production. */
export function rulesCheck(asked: Asked): Looked {
  const scanned = (asked.asked?.runnable ?? []).filter(({ scan }) => scan !== null && over.has(scan.status));
  const looked = scanned.map((one) => look(asked, one));
  const findings = looked.reduce((sum, one) => sum + one.findings, 0);
  const rules = asked.set.rules.length;
  return {
    check: 'rules',
    said:
      scanned.length === 0
        ? 'there are no findings to ask about'
        : `what ${rules === 1 ? 'one rule says' : `${rules} rules say`} of ${findings === 1 ? 'one finding' : `${findings} findings`}`,
    reasons: looked.flatMap(({ reasons }) => reasons),
    skipped: scanned.length === 0,
  };
}

/** What is said of one image by one rule, or taken out by one exemption. */
interface Group {
  readonly level: Level;
  readonly rule: Rule | null;
  readonly exempted: Exempted | null;
  readonly matched: Matched[];
}

function look(asked: Asked, image: RunnableImage): { readonly findings: number; readonly reasons: readonly Reason[] } {
  const { reference, set, now } = asked;
  const { ecr } = reference;
  const place = pullable(reference, image.digest);
  if (ecr === null || image.scan === null) return { findings: 0, reasons: [] };
  const { account, region, repository } = ecr;
  try {
    const findings = reportedFindings(
      { account, region, repository, digest: image.digest, tags: image.tags },
      image.scan,
      now.toISOString(),
    );
    const groups = new Map<string, Group>();
    for (const finding of findings) {
      const group = groupOf(asked, finding);
      if (group === null) continue;
      const key = JSON.stringify([group.level, group.rule?.name, group.exempted?.name]);
      const known = groups.get(key);
      if (known === undefined) groups.set(key, group);
      else known.matched.push(...group.matched);
    }
    const reasons = [...groups.values()]
      .toSorted(worstFirst)
      .map((group) => saying(group, place, set.settings.observeOnly));
    return { findings: findings.length, reasons };
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    const message = `What the scan found cannot be read as findings: ${error.message}.`;
    const mend =
      'Have the image scanned again; if it says so again, report it with the answer of aws ecr describe-image-scan-findings.';
    const about = { check: 'rules', code: 'unreadable-finding', level: 'unknown' } as const;
    return { findings: 0, reasons: [reason({ ...about, message, place, mend })] };
  }
}

/** What a rule or an exemption makes of one finding; null where none takes it. */
function groupOf({ set, actions, now }: Asked, finding: Finding): Group | null {
  const decided = decideFinding(finding, set, now);
  const { rule: name, exempted = [] } = decided;
  const matched = [decided];
  const rule = set.rules.find((one) => one.name === name) ?? null;
  if (rule === null) {
    const [first] = exempted;
    return first === undefined ? null : { level: 'note', rule: null, exempted: first, matched };
  }
  const containing = rule.do
    .map(({ action }) => action)
    .filter((action) =>
      actions.some(({ name: own, facts, targets }) => own === action && facts.contains && targets.includes('image')),
    );
  const left = exempted.find(
    ({ takes, actions: taken }) => takes === 'actions' && containing.every((action) => taken?.includes(action)),
  );
  if (containing.length > 0 && left !== undefined) return { level: 'note', rule, exempted: left, matched };
  const blocks = rule.mode === 'enforce' && containing.length > 0;
  return { level: blocks ? 'block' : 'warn', rule, exempted: null, matched };
}

function saying({ level, rule, exempted, matched }: Group, place: string, observeOnly: boolean): Reason {
  const sorted = mostSevereFirst(matched).map(({ finding }) => finding);
  const shown = sorted.slice(0, mostNamed).map(({ title }) => title);
  const more = sorted.length - shown.length;
  const what = `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
  return reason({
    check: 'rules',
    code: exempted === null ? 'rule' : 'exempted',
    level,
    message: `${subject(level, rule, exempted, observeOnly)}: ${what}.`,
    place,
    mend: level === 'block' ? mendRule(rule) : '',
    rule: rule === null ? null : { name: rule.name, mode: rule.mode },
    exemption: exempted === null ? null : { name: exempted.name, owner: exempted.owner, expires: exempted.expires },
    findings: sorted
      .slice(0, mostFindings)
      .map(({ id, type, title, label, severity }) => ({ id, type, title, label, severity })),
    total: sorted.length,
  });
}

function subject(level: Level, rule: Rule | null, exempted: Exempted | null, observeOnly: boolean): string {
  if (exempted !== null) {
    const from = rule === null ? '' : ` of rule ${rule.name}`;
    return `Exemption ${exempted.name} of ${exempted.owner} takes out${from}, until ${exempted.expires} (${exempted.reason})`;
  }
  if (level === 'block') return `Rule ${rule?.name} would contain the image`;
  const why =
    rule?.mode === 'enforce'
      ? 'does nothing to an image'
      : observeOnly
        ? 'observes, as all do (observeOnly)'
        : 'observes';
  return `Rule ${rule?.name} takes it, and ${why}`;
}

const mendRule = (rule: Rule | null): string =>
  `Build the image again without what was found. If it must be deployed as it is: an exemption from rule ${rule?.name}, with an owner and an end.`;
