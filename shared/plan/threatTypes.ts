import type { Finding, Threat } from '../finding/finding.ts';
import type { FindingClass } from './plan.ts';

/**
 * What a finding type of GuardDuty says of how it came about. `interactive`: somebody did something in that container (a shell,
 * an exploit, a binary that was not in the image). `carried`: a program did what it does, and may have come with the image.
 */
export type Trait = 'interactive' | 'carried' | 'malware';

interface Kind {
  readonly types: RegExp;
  readonly trait: Trait;
  readonly class: FindingClass;
}

/**
 * The first that fits. Types as GuardDuty lists them ("Finding types", active ones, 2026); a type that no line knows is told and
 * contained by its severity.
 */
const kinds: readonly Kind[] = [
  { types: /^Execution:[A-Za-z0-9]+\/(MaliciousFile|SuspiciousFile)/, trait: 'malware', class: 'A' },
  { types: /^Execution:Runtime\/MaliciousFileExecuted/, trait: 'malware', class: 'A' },
  { types: /^Execution:Runtime\/ReverseShell/, trait: 'interactive', class: 'A' },
  {
    types:
      /^PrivilegeEscalation:Runtime\/(RuncContainerEscape|CGroupsReleaseAgentModified|DockerSocketAccessed|ContainerMountsHostDirectory|UserfaultfdUsage)/,
    trait: 'interactive',
    class: 'A',
  },
  {
    types: /^[A-Za-z]+:[A-Za-z0-9]+\/([A-Za-z]*CredentialExfiltration|MetadataDNSRebind)/,
    trait: 'interactive',
    class: 'A',
  },
  { types: /^Backdoor:[A-Za-z0-9]+\/C&CActivity/, trait: 'carried', class: 'A' },
  { types: /^Trojan:[A-Za-z0-9]+\/(DropPoint|DGADomainRequest|DNSDataExfiltration)/, trait: 'carried', class: 'A' },
  {
    types: /^CryptoCurrency:|^[A-Za-z]+:[A-Za-z0-9]+\/(CryptoMinerExecuted|BitcoinDomainRequest)/,
    trait: 'carried',
    class: 'B',
  },
  // Domains, addresses and Tor: a program talks to somebody it should not.
  { types: /^(Trojan|Backdoor|Impact|UnauthorizedAccess):[A-Za-z0-9]+\//, trait: 'carried', class: 'C' },
];

/** The types that are of the worst class whatever their severity, as GuardDuty lists them: what a pattern is asked about that may take such findings. */
export const typesOfClassA: readonly string[] = [
  ...['ECS', 'Container', 'Kubernetes', 'EKS', 'EC2'].flatMap((on) => [
    `Execution:${on}/MaliciousFile`,
    `Execution:${on}/SuspiciousFile`,
  ]),
  ...['Snapshot', 'AMI', 'RecoveryPoint'].map((what) => `Execution:EC2/MaliciousFile!${what}`),
  'Execution:Runtime/MaliciousFileExecuted',
  'Execution:Runtime/MaliciousFileExecuted.Custom',
  'Execution:Runtime/ReverseShell',
  ...[
    'RuncContainerEscape',
    'CGroupsReleaseAgentModified',
    'DockerSocketAccessed',
    'ContainerMountsHostDirectory',
    'UserfaultfdUsage',
  ].map((how) => `PrivilegeEscalation:Runtime/${how}`),
  ...['Instance', 'Resource'].flatMap((whose) =>
    ['Inside', 'Outside'].map((where) => `UnauthorizedAccess:IAMUser/${whose}CredentialExfiltration.${where}AWS`),
  ),
  ...['Runtime', 'EC2'].flatMap((on) => [
    `UnauthorizedAccess:${on}/MetadataDNSRebind`,
    `Backdoor:${on}/C&CActivity.B`,
    `Backdoor:${on}/C&CActivity.B!DNS`,
    `Trojan:${on}/DropPoint`,
    `Trojan:${on}/DropPoint!DNS`,
    `Trojan:${on}/DGADomainRequest.C!DNS`,
  ]),
  'Trojan:EC2/DGADomainRequest.B',
  'Trojan:EC2/DNSDataExfiltration',
  'Backdoor:Lambda/C&CActivity.B',
  'Trojan:Lambda/DropPoint',
  ...['ECS/CompromisedCluster', 'EKS/CompromisedCluster', 'EC2/CompromisedInstanceGroup'].map(
    (what) => `AttackSequence:${what}`,
  ),
  ...['IAM/CompromisedCredentials', 'S3/CompromisedData'].map((what) => `AttackSequence:${what}`),
];

/** Some that are of the worst class by their severity alone: there are hundreds, and tomorrow one more. */
export const typesBySeverity: readonly string[] = [
  'DefenseEvasion:Runtime/KernelModuleLoaded',
  'UnauthorizedAccess:EC2/TorClient',
  'Impact:S3/AnomalousBehavior.Delete',
];

/** High severity, by GuardDuty's scale (7.0 to 8.9; 9 and more is critical). */
const high = 7;

const kindOf = (type: string): Kind | undefined => kinds.find(({ types }) => types.test(type));

const sequence = /^AttackSequence:/;

/** Of an attack sequence, those of its signals; of a type that no line knows, `interactive`: nothing says that it came with the image. */
function traitsOf({ type }: Pick<Finding, 'type'>, { signals }: Pick<Threat, 'signals'>): readonly Trait[] {
  const types = sequence.test(type) && signals.length > 0 ? signals : [type];
  return [...new Set(types.map((one) => kindOf(one)?.trait ?? 'interactive'))];
}

/** The trait that says most against the image being to blame: one shell among many miners is a shell. */
export function traitOf(finding: Pick<Finding, 'type'>, threat: Pick<Threat, 'signals'>): Trait {
  const traits = traitsOf(finding, threat);
  return traits.includes('interactive') ? 'interactive' : traits.includes('malware') ? 'malware' : 'carried';
}

/** How bad its kind is. A high severity is never class C: that a type is new does not make it harmless. */
export function threatClass({ type, severity }: Pick<Finding, 'type' | 'severity'>): FindingClass {
  if (sequence.test(type)) return 'A';
  const listed = kindOf(type)?.class ?? 'C';
  return listed === 'C' && (severity ?? 0) >= high ? 'A' : listed;
}
