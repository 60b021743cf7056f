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
  { types: /CredentialExfiltration|\/MetadataDNSRebind/, trait: 'interactive', class: 'A' },
  { types: /^Backdoor:[A-Za-z0-9]+\/C&CActivity/, trait: 'carried', class: 'A' },
  { types: /^Trojan:[A-Za-z0-9]+\/(DropPoint|DGADomainRequest|DNSDataExfiltration)/, trait: 'carried', class: 'A' },
  { types: /^CryptoCurrency:|\/CryptoMinerExecuted|\/BitcoinDomainRequest/, trait: 'carried', class: 'B' },
  // Domains, addresses and Tor: a program talks to somebody it should not.
  { types: /^(Trojan|Backdoor|Impact|UnauthorizedAccess):[A-Za-z0-9]+\//, trait: 'carried', class: 'C' },
];

/** One type of each kind of the worst class: what a pattern is asked about that may take such findings. */
export const typesOfClassA: readonly string[] = [
  'Execution:ECS/MaliciousFile',
  'Execution:Runtime/MaliciousFileExecuted',
  'Execution:Runtime/ReverseShell',
  'PrivilegeEscalation:Runtime/RuncContainerEscape',
  'PrivilegeEscalation:Runtime/DockerSocketAccessed',
  'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
  'UnauthorizedAccess:EC2/MetadataDNSRebind',
  'Backdoor:Runtime/C&CActivity.B',
  'Trojan:Runtime/DropPoint',
  'Trojan:Runtime/DGADomainRequest.C!DNS',
  'AttackSequence:ECS/CompromisedCluster',
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
