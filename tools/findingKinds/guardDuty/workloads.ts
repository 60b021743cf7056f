import {
  brings,
  CRITICAL,
  type GuardDutyType,
  goesNowhere,
  HIGH,
  LOW,
  MEDIUM,
  mines,
  type Row,
  spread,
  talksToAttacker,
  tor,
} from './type.ts';

const badDomain = 'It asked for a domain of bad name. Often a program, sometimes a library that looks something up.';
const generated = 'It asks for domains that a program made up, as programs do that look for their server.';
const changesFile = 'A file was changed that decides who may do what, or what runs next.';
const command = 'A command was run that intruders run. People who debug run some of them, too.';
const injects = 'One process writes into another, to act in its name.';
const reachesHost = 'Something in a container reached for its host, and with that for everything on it.';

export const runtime = spread(
  ['ECSCluster', 'EKSCluster', 'Instance', 'Container'],
  [
    ['Backdoor:Runtime/C&CActivity.B C&CActivity.B!DNS', HIGH, talksToAttacker],
    ['CryptoCurrency:Runtime/BitcoinTool.B BitcoinTool.B!DNS', HIGH, mines],
    ['DefenseEvasion:Runtime/FilelessExecution', MEDIUM, 'A program runs from memory, so that no file can be found.'],
    [
      'DefenseEvasion:Runtime/KernelModuleLoaded',
      HIGH,
      'A module was loaded into the kernel: the host, not the container, is in question.',
    ],
    ['DefenseEvasion:Runtime/ProcessInjection.Proc ProcessInjection.VirtualMemoryWrite', HIGH, injects],
    ['DefenseEvasion:Runtime/ProcessInjection.Ptrace', MEDIUM, injects],
    [
      'DefenseEvasion:Runtime/PtraceAntiDebugging',
      LOW,
      'A program takes care that nobody looks into it. Some that are sold do.',
    ],
    ['DefenseEvasion:Runtime/SensitiveFileModified', MEDIUM, changesFile],
    [
      'DefenseEvasion:Runtime/SuspiciousCommand',
      HIGH,
      'A command was run that switches off what would see an intruder.',
    ],
    ['Discovery:Runtime/SuspiciousCommand', LOW, command],
    [
      'Execution:Runtime/MaliciousFileExecuted MaliciousFileExecuted.Custom',
      HIGH,
      'A file that is known to be malware was run.',
    ],
    [
      'Execution:Runtime/NewBinaryExecuted',
      MEDIUM,
      'A program was run that came into the container after its start: nobody deploys like that.',
    ],
    [
      'Execution:Runtime/NewLibraryLoaded',
      MEDIUM,
      'A library was loaded that came into the container after its start.',
    ],
    ['Execution:Runtime/ReverseShell', HIGH, 'Somebody outside types commands inside.'],
    ['Execution:Runtime/SuspiciousCommand', MEDIUM, command],
    ['Execution:Runtime/SuspiciousShellCreated', LOW, 'A shell was started by a program that listens to the network.'],
    [
      'Execution:Runtime/SuspiciousTool',
      MEDIUM,
      "A tool was run that is made for looking around in other peoples' systems.",
    ],
    ['Impact:Runtime/AbusedDomainRequest.Reputation MaliciousDomainRequest.Reputation', MEDIUM, badDomain],
    ['Impact:Runtime/BitcoinDomainRequest.Reputation CryptoMinerExecuted', HIGH, mines],
    ['Impact:Runtime/SuspiciousDomainRequest.Reputation', LOW, badDomain],
    ['Persistence:Runtime/SensitiveFileModified', MEDIUM, changesFile],
    ['Persistence:Runtime/SuspiciousCommand', MEDIUM, 'A command was run that lets somebody come back.'],
    ['PrivilegeEscalation:Runtime/CGroupsReleaseAgentModified RuncContainerEscape', HIGH, reachesHost],
    [
      'PrivilegeEscalation:Runtime/ContainerMountsHostDirectory DockerSocketAccessed UserfaultfdUsage',
      MEDIUM,
      reachesHost,
    ],
    ['PrivilegeEscalation:Runtime/ElevationToRoot', MEDIUM, 'A process became root that was not meant to.'],
    ['PrivilegeEscalation:Runtime/SensitiveFileModified', MEDIUM, changesFile],
    ['PrivilegeEscalation:Runtime/SuspiciousCommand', MEDIUM, command],
    ['Trojan:Runtime/BlackholeTraffic BlackholeTraffic!DNS', MEDIUM, goesNowhere],
    ['Trojan:Runtime/DGADomainRequest.C!DNS', HIGH, generated],
    ['Trojan:Runtime/DriveBySourceTraffic!DNS PhishingDomainRequest!DNS', HIGH, badDomain],
    ['Trojan:Runtime/DropPoint DropPoint!DNS', MEDIUM, brings],
    [
      'UnauthorizedAccess:Runtime/MetadataDNSRebind',
      HIGH,
      'A name was made to lead to the metadata service: somebody is after the credentials of the host.',
    ],
    ['UnauthorizedAccess:Runtime/TorClient TorRelay', HIGH, tor],
  ],
);

export const malwareFound = 'A scan found malware in a file.';
const doubtfulFound = 'A scan found a file that may be malware, or a tool that intruders use.';

export const malware: readonly GuardDutyType[] = (
  [
    ['ECS', 'ECSCluster'],
    ['Kubernetes', 'EKSCluster'],
    ['Container', 'Container'],
    ['EC2', 'Instance'],
  ] as const
).flatMap(([where, about]) => [
  ...spread([about], [[`Execution:${where}/MaliciousFile`, HIGH, malwareFound]]),
  ...spread([about], [[`Execution:${where}/SuspiciousFile`, MEDIUM, doubtfulFound]]),
]);

export const copies = spread(
  ['EBSSnapshot'],
  [['Execution:EC2/MaliciousFile!Snapshot', HIGH, `${malwareFound} In a snapshot: nothing runs from it yet.`]],
)
  .concat(
    spread(
      ['EC2Image'],
      [
        [
          'Execution:EC2/MaliciousFile!AMI',
          HIGH,
          `${malwareFound} In a machine image: what is started from it has it.`,
        ],
      ],
    ),
  )
  .concat(
    spread(
      ['RecoveryPoint'],
      [
        [
          'Execution:EC2/MaliciousFile!RecoveryPoint',
          HIGH,
          `${malwareFound} In a backup: what is restored from it has it.`,
        ],
      ],
    ),
  );

export const sequences = spread(
  ['AttackSequence'],
  [
    'AttackSequence:ECS/CompromisedCluster',
    'AttackSequence:EKS/CompromisedCluster',
    'AttackSequence:EC2/CompromisedInstanceGroup',
    'AttackSequence:IAM/CompromisedCredentials',
    'AttackSequence:S3/CompromisedData',
  ].map((type): Row => [type, CRITICAL, 'Several findings belong together, as the steps of one attack.']),
);

const floods = 'It takes part in an attack on somebody else, by flooding them.';
const unusual = 'It does what it never did. Often a release, sometimes somebody who copies data out.';
const elsewhereDns = 'It asks names where nobody here sees it.';
const probes = 'Somebody outside looks for an open door. That happens to everything that can be reached.';

export const network: readonly GuardDutyType[] = [
  ...spread(
    ['Instance'],
    [
      ['Backdoor:EC2/C&CActivity.B C&CActivity.B!DNS', HIGH, talksToAttacker],
      [
        'Backdoor:EC2/DenialOfService.Dns DenialOfService.Tcp DenialOfService.Udp DenialOfService.UdpOnTcpPorts DenialOfService.UnusualProtocol',
        HIGH,
        floods,
      ],
      ['Backdoor:EC2/Spambot', MEDIUM, 'It sends mail as programs do that were taken over.'],
      ['Behavior:EC2/NetworkPortUnusual TrafficVolumeUnusual', MEDIUM, unusual],
      ['CryptoCurrency:EC2/BitcoinTool.B BitcoinTool.B!DNS', HIGH, mines],
      ['DefenseEvasion:EC2/UnusualDNSResolver UnusualDoHActivity UnusualDoTActivity', MEDIUM, elsewhereDns],
      ['Impact:EC2/AbusedDomainRequest.Reputation', MEDIUM, badDomain],
      ['Impact:EC2/BitcoinDomainRequest.Reputation', HIGH, mines],
      ['Impact:EC2/MaliciousDomainRequest.Reputation', MEDIUM, badDomain],
      ['Impact:EC2/PortSweep', HIGH, 'It looks for open doors at others.'],
      ['Impact:EC2/SuspiciousDomainRequest.Reputation', LOW, badDomain],
      ['Impact:EC2/WinRMBruteForce', LOW, 'It tries passwords at others.'],
      ['Recon:EC2/Portscan', MEDIUM, 'It looks for open doors at others.'],
      ['Trojan:EC2/BlackholeTraffic BlackholeTraffic!DNS', MEDIUM, goesNowhere],
      ['Trojan:EC2/DGADomainRequest.B DGADomainRequest.C!DNS', HIGH, generated],
      ['Trojan:EC2/DNSDataExfiltration', HIGH, 'It carries data out inside of questions about names.'],
      ['Trojan:EC2/DriveBySourceTraffic!DNS PhishingDomainRequest!DNS', HIGH, badDomain],
      ['Trojan:EC2/DropPoint DropPoint!DNS', MEDIUM, brings],
      ['UnauthorizedAccess:EC2/MaliciousIPCaller.Custom', MEDIUM, 'It talks to an address of your own list.'],
      [
        'UnauthorizedAccess:EC2/MetadataDNSRebind',
        HIGH,
        'A name was made to lead to the metadata service: somebody is after the credentials of the host.',
      ],
      ['UnauthorizedAccess:EC2/TorClient TorRelay', HIGH, tor],
    ],
    true,
  ),
  ...spread(
    ['Instance'],
    [
      ['Recon:EC2/PortProbeEMRUnprotectedPort', HIGH, probes],
      ['Recon:EC2/PortProbeUnprotectedPort', LOW, probes],
      [
        'UnauthorizedAccess:EC2/RDPBruteForce SSHBruteForce',
        LOW,
        'Somebody tries passwords on it. Where it is the one who tries, the severity is high.',
      ],
    ],
  ),
];
