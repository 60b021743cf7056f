import { bounded, titleLength } from '../bounds.ts';
import type { Finding, FindingStatus, Product } from '../finding.ts';
import { type Fields, readArray, readObject, readText } from '../read.ts';
import type { Envelope, Parsed } from '../source.ts';
import { readAsff } from './asff.ts';
import { readOcsf } from './ocsf.ts';
import { type Original, sentBy } from './original.ts';
import { attempt } from './parts.ts';
import type { HubRecord } from './record.ts';
import { accusedResource, type HubAccused, itself } from './resource.ts';

/** What a person sends with a custom action whose name begins so is meant for Firebreak; the others belong to other tools. */
const meantForUs = 'firebreak';

/** The findings of one record, or why there are none. */
type Read = readonly Finding[] | string;

/** A person's wish: which action, by which event. Null for what came by itself. */
type Wish = { readonly action: string; readonly event: string } | null;

const productOf = ({ product }: HubRecord, wish: Wish): Product => ({ ...product, action: wish?.action ?? null });

/**
 * What a person asks for is a statement of its own, each time: it never takes the place of the finding, and no later delivery of the finding
 * takes its place.
 */
const asked = (finding: Finding, wish: Wish): Finding =>
  wish === null ? finding : { ...finding, id: `action/${wish.event}/${finding.id}` };

function statusOf(record: HubRecord, wish: Wish): FindingStatus {
  // Nothing is to be mended there, whoever asks.
  if (record.compliance === 'PASSED' || record.compliance === 'PASS') return 'resolved';
  if (record.compliance === 'WARNING' || record.compliance === 'NOT_AVAILABLE') return 'inconclusive';
  if (wish !== null) return 'open';
  if (record.product.workflow === 'suppressed') return 'suppressed';
  // NOTIFIED: somebody was told of it, and nobody has said that it is over.
  return record.isArchived || record.product.workflow === 'resolved' ? 'resolved' : 'open';
}

/**
 * When it was: of somebody at work when they were seen last, of anything else when the product said so last. That it is over, or put aside,
 * leaves both as they are (a person's doing always does), so that then the event's own time counts, and it stands.
 */
function observedAt(record: HubRecord, status: FindingStatus, envelope: Envelope): string {
  if (status !== 'open') return envelope.time;
  const seen = record.lastSeenAt ?? record.firstSeenAt;
  return (record.isThreat ? seen : null) ?? record.updatedAt ?? seen ?? record.createdAt ?? envelope.time;
}

/** A cluster beside a task or a service of it says where that is, and is not accused. */
function accusedBy(record: HubRecord): readonly HubAccused[] {
  const all = record.resources.map((resource) => accusedResource(resource, record));
  const within = all.flatMap(({ resource }) =>
    resource.kind === 'ecs-task' || resource.kind === 'ecs-service' ? [resource.cluster] : [],
  );
  return all.filter(({ resource }) => resource.kind !== 'ecs-cluster' || !within.includes(resource.cluster));
}

/** A finding that is Security Hub's to tell: one for each resource that it names. */
function ownFindings(record: HubRecord, envelope: Envelope, wish: Wish): readonly Finding[] {
  const { product, vulnerability, exposure, seen } = record;
  const status = statusOf(record, wish);
  const at = observedAt(record, status, envelope);
  const firstSeenAt = record.firstSeenAt ?? record.createdAt ?? at;
  const accused = accusedBy(record);
  return (accused.length === 0 ? [itself(record)] : accused).map(({ account, region, resource, why }) => ({
    id: `securityhub/${account}/${region}/${product.id}/${record.id}#${resource.id}`,
    source: 'securityhub',
    type: bounded(product.types[0] ?? 'Finding', 200),
    status,
    ...record.severity,
    ...{ account, region, observedAt: at, sample: record.isSample, resource },
    // First, because what is behind it may be cut.
    title: why === undefined ? record.title : bounded(`${why} ${record.title}`, titleLength),
    ...(vulnerability === null ? {} : { vulnerability }),
    ...(exposure === null ? {} : { exposure }),
    ...(record.isThreat ? { threat: { firstSeenAt, count: 1, role: null, ...seen, signals: [] } } : {}),
    product: productOf(record, wish),
  }));
}

/** As its own source says it, with whose it is beside it. */
function originalFindings(
  { detail, parse }: Original,
  record: HubRecord,
  envelope: Envelope,
): readonly Finding[] | null {
  const time = record.lastSeenAt ?? record.createdAt ?? envelope.time;
  const read = attempt(() =>
    parse({ ...envelope, ...{ account: record.account, region: record.region, time }, detail }),
  );
  return read?.kind === 'findings' ? read.findings : null;
}

/** AWS Config's events stay in their account; GuardDuty and Inspector send those of all to their administrator. */
const isHeardHere = (source: Original['source'], { account, region }: HubRecord, envelope: Envelope): boolean =>
  region === envelope.region && (source !== 'AWS Config' || account === envelope.account);

function findingsOf(record: HubRecord, envelope: Envelope, wish: Wish): Read {
  const own = (): readonly Finding[] => ownFindings(record, envelope, wish).map((finding) => asked(finding, wish));
  const sent = sentBy(record);
  if (sent === null) return own();
  const { source, original } = sent;
  // Where it is heard itself, what Security Hub says of it stands for it only if it is about the very same; a person's wish is one anyway.
  const isEnough = wish !== null || !isHeardHere(source, record, envelope);
  if (original?.isTaken === false && wish === null) {
    return `Firebreak takes no such findings of ${source}: it is closed, of low severity, or undecided`;
  }
  const found =
    original !== null && (original.isExact || isEnough) ? originalFindings(original, record, envelope) : null;
  if (found !== null) return found.map((finding) => asked({ ...finding, product: productOf(record, wish) }, wish));
  return isEnough ? own() : `${source} itself sends what Security Hub repeats here, and says better what it is about`;
}

function wishOf(envelope: Envelope, detail: Fields): Wish | string {
  if (envelope['detail-type'] !== 'Security Hub Findings - Custom Action') return null;
  const action = readText(detail['actionName'], 'detail.actionName', 200);
  return action.toLowerCase().startsWith(meantForUs)
    ? { action, event: envelope.id }
    : `the custom action "${bounded(action, 80)}" is not meant for Firebreak: its name does not begin with Firebreak`;
}

/** Every finding of an event; those that a custom action sends are up to twenty. */
export function parseHubFindings(envelope: Envelope): Parsed {
  const detail = readObject(envelope.detail, 'detail');
  const listed = readArray(detail['findings'], 'detail.findings');
  const wish = wishOf(envelope, detail);
  if (typeof wish === 'string') return { kind: 'ignored', reason: wish };
  const read = envelope['detail-type'] === 'Findings Imported V2' ? readOcsf : readAsff;
  const all = listed.map((value, index) => {
    const at = `detail.findings[${index}]`;
    return findingsOf(read(readObject(value, at), at, envelope), envelope, wish);
  });
  const findings = new Map(
    all.flatMap((one) => (typeof one === 'string' ? [] : one.map((finding) => [finding.id, finding] as const))),
  );
  const [reason = 'the event names no finding'] = all.filter((one) => typeof one === 'string');
  return findings.size === 0 ? { kind: 'ignored', reason } : { kind: 'findings', findings: [...findings.values()] };
}
