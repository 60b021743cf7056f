import { canonicalAddress } from '../address.ts';
import { boundedList } from '../bounds.ts';
import type { Threat } from '../finding.ts';
import { fieldsIn, listIn, textIn, textsIn } from '../given.ts';
import type { Fields } from '../read.ts';
import { additionalInfo } from './sample.ts';

/** Paths in `runtimeDetails.context`: what was run, loaded, changed or found (GuardDuty API reference, "RuntimeContext"). */
const contextPaths = [
  'threatFilePath',
  'filePath',
  'scriptPath',
  'libraryPath',
  'ldPreloadValue',
  'moduleFilePath',
  'runcBinaryPath',
  'releaseAgentPath',
  'socketPath',
  'shellHistoryFilePath',
] as const;

const scanOf = (service: Fields): Fields =>
  fieldsIn(fieldsIn(fieldsIn(service, 'ebsVolumeScanDetails'), 'scanDetections'), 'threatDetectedByName');

/** A scan of a volume writes paths from its root on, without the slash. */
const fromRoot = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

/** Files of which the finding speaks. */
export function filesIn(service: Fields): readonly string[] {
  const context = fieldsIn(fieldsIn(service, 'runtimeDetails'), 'context');
  const scanned = listIn(scanOf(service), 'threatNames').flatMap((threat) =>
    listIn(threat, 'filePaths').flatMap((file) => textIn(file, 'filePath') ?? []),
  );
  const named = contextPaths.flatMap((key) => textIn(context, key) ?? []);
  return boundedList([...named, ...textsIn(context, 'relatedFilePaths'), ...scanned.map(fromRoot)]);
}

/** Names of malware and of the lists of threats that an address or a domain stands on. */
export function namesIn(service: Fields): readonly string[] {
  const worst = fieldsIn(
    fieldsIn(fieldsIn(service, 'ebsVolumeScanDetails'), 'scanDetections'),
    'highestSeverityThreatDetails',
  );
  const malware = [
    ...listIn(scanOf(service), 'threatNames'),
    ...listIn(fieldsIn(service, 'malwareScanDetails'), 'threats'),
  ].flatMap((threat) => textIn(threat, 'name') ?? []);
  const lists = [
    additionalInfo(service),
    ...listIn(fieldsIn(service, 'evidence'), 'threatIntelligenceDetails'),
  ].flatMap((list) => [
    ...textsIn(list, 'threatNames'),
    ...['threatListName', 'threatName'].flatMap((key) => textIn(list, key) ?? []),
  ]);
  const worstName = textIn(worst, 'threatName');
  return boundedList([...malware, ...lists, ...(worstName === null ? [] : [worstName])]);
}

/** Blocks of `action` that say who was on the other end. */
const actions = [
  'networkConnectionAction',
  'awsApiCallAction',
  'kubernetesApiCallAction',
  'rdsLoginAttemptAction',
] as const;

const addressIn = (from: Fields): string | null => {
  const remote = fieldsIn(from, 'remoteIpDetails');
  return textIn(remote, 'ipAddressV4') ?? textIn(remote, 'ipAddressV6');
};

/** Blocks of `action` of which whoever is on the other end began it. */
const comingIn = ['awsApiCallAction', 'kubernetesApiCallAction', 'rdsLoginAttemptAction'] as const;

/**
 * The address from which somebody came; null where the resource reached out, or nobody knows which of the two it was. A call that a service of AWS
 * made for somebody comes from a domain.
 */
export function fromIn(service: Fields): string | null {
  const action = fieldsIn(service, 'action');
  const connection = fieldsIn(action, 'networkConnectionAction');
  const [probe = {}] = listIn(fieldsIn(action, 'portProbeAction'), 'portProbeDetails');
  const ways = [
    ...(connection['connectionDirection'] === 'INBOUND' ? [connection] : []),
    ...comingIn.map((key) => fieldsIn(action, key)),
    probe,
  ];
  const [address = null] = ways.flatMap((one) => addressIn(one) ?? []);
  return address === null ? null : canonicalAddress(address);
}

/** The other end: a domain that was asked for, else an address; of an attack sequence its first endpoint. */
export function remoteIn(service: Fields, sequence: Fields): string | null {
  const action = fieldsIn(service, 'action');
  const domain =
    textIn(fieldsIn(action, 'dnsRequestAction'), 'domain') ??
    textIn(fieldsIn(fieldsIn(action, 'awsApiCallAction'), 'domainDetails'), 'domain');
  if (domain !== null) return domain;
  const [probe = {}] = listIn(fieldsIn(action, 'portProbeAction'), 'portProbeDetails');
  const address = [...actions.map((key) => fieldsIn(action, key)), probe].flatMap((one) => addressIn(one) ?? [])[0];
  const [endpoint = {}] = listIn(sequence, 'endpoints');
  return address ?? textIn(endpoint, 'domain') ?? textIn(endpoint, 'ip');
}

/** What has an instance as its resource (GuardDuty API reference, "Resource"): a task or a pod is named where GuardDuty knows it. */
const ofHost: readonly unknown[] = ['Instance', 'Container'];

/** Which container of a host it was in, and the host's own end of the connection; neither, of anything but a host. */
export function insideIn(resource: Fields, service: Fields): Pick<Threat, 'inside'> {
  if (!ofHost.includes(resource['resourceType'])) return {};
  const container = textIn(fieldsIn(resource, 'containerDetails'), 'id');
  const local = fieldsIn(fieldsIn(fieldsIn(service, 'action'), 'networkConnectionAction'), 'localIpDetails');
  const written = textIn(local, 'ipAddressV4') ?? textIn(local, 'ipAddressV6');
  const address = written === null ? null : canonicalAddress(written);
  return container === null && address === null ? {} : { inside: { container, address } };
}
