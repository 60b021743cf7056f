import { brings, goesNowhere, HIGH, LOW, MEDIUM, mines, type Row, spread, talksToAttacker, tor } from './type.ts';

const stolen =
  'Credentials that were given to a workload are used from elsewhere: they are stolen, and work until they end.';
const neverDid = 'An identity did what it never did, as whoever took it over would.';
const fromBadPlace = 'Calls come from an address of bad name, or through Tor.';
const attackTool = 'Calls come from a system that is made for breaking in.';

export const identities = spread(
  ['AccessKey'],
  [
    ['CredentialAccess:IAMUser/AnomalousBehavior', MEDIUM, neverDid],
    ['DefenseEvasion:IAMUser/AnomalousBehavior', MEDIUM, neverDid],
    ['Discovery:IAMUser/AnomalousBehavior', LOW, neverDid],
    ['Exfiltration:IAMUser/AnomalousBehavior', HIGH, neverDid],
    ['Impact:IAMUser/AnomalousBehavior', HIGH, neverDid],
    ['InitialAccess:IAMUser/AnomalousBehavior', MEDIUM, neverDid],
    ['PenTest:IAMUser/KaliLinux ParrotLinux PentooLinux', MEDIUM, attackTool],
    ['Persistence:IAMUser/AnomalousBehavior', MEDIUM, neverDid],
    [
      'Policy:IAMUser/RootCredentialUsage ShortTermRootCredentialUsage',
      LOW,
      'The root user was used, which nobody needs for daily work.',
    ],
    ['PrivilegeEscalation:IAMUser/AnomalousBehavior', MEDIUM, neverDid],
    ['Recon:IAMUser/MaliciousIPCaller MaliciousIPCaller.Custom TorIPCaller', MEDIUM, fromBadPlace],
    ['Stealth:IAMUser/CloudTrailLoggingDisabled', LOW, 'The record of who did what was switched off.'],
    ['Stealth:IAMUser/PasswordPolicyChange', LOW, 'Passwords may be weaker from now on.'],
    ['UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B', MEDIUM, 'Somebody signed in from several places at once.'],
    [
      'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS InstanceCredentialExfiltration.OutsideAWS',
      HIGH,
      stolen,
    ],
    [
      'UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.InsideAWS ResourceCredentialExfiltration.OutsideAWS',
      HIGH,
      stolen,
    ],
    ['UnauthorizedAccess:IAMUser/MaliciousIPCaller MaliciousIPCaller.Custom TorIPCaller', MEDIUM, fromBadPlace],
  ],
);

const anonymous = 'The cluster answered somebody who said no name.';
const hostMounted = 'A pod was started that sees directories of its host.';
const privileged = 'A pod was started that may do on its host whatever root may.';
const open = 'Whoever finds the address is let in.';

export const kubernetes = spread(
  ['EKSCluster'],
  [
    ...(['CredentialAccess', 'DefenseEvasion', 'Impact'] as const).flatMap((purpose): Row[] => [
      [`${purpose}:Kubernetes/MaliciousIPCaller MaliciousIPCaller.Custom TorIPCaller`, HIGH, fromBadPlace],
      [`${purpose}:Kubernetes/SuccessfulAnonymousAccess`, HIGH, anonymous],
    ]),
    ['CredentialAccess:Kubernetes/AnomalousBehavior.SecretsAccessed', MEDIUM, 'Somebody read secrets who never did.'],
    [
      'Discovery:Kubernetes/AnomalousBehavior.PermissionChecked',
      LOW,
      'Somebody asked what they may do, as intruders do first.',
    ],
    ['Discovery:Kubernetes/MaliciousIPCaller MaliciousIPCaller.Custom TorIPCaller', MEDIUM, fromBadPlace],
    ['Discovery:Kubernetes/SuccessfulAnonymousAccess', MEDIUM, anonymous],
    ['Execution:Kubernetes/AnomalousBehavior.ExecInPod', MEDIUM, 'Somebody runs commands in a pod who never did.'],
    [
      'Execution:Kubernetes/AnomalousBehavior.WorkloadDeployed',
      LOW,
      'Somebody started a workload who never did, or one that is unlike the others.',
    ],
    ['Execution:Kubernetes/ExecInKubeSystemPod', MEDIUM, 'Somebody runs commands in a pod of the cluster itself.'],
    ['Persistence:Kubernetes/AnomalousBehavior.WorkloadDeployed!ContainerWithSensitiveMount', HIGH, hostMounted],
    ['Persistence:Kubernetes/ContainerWithSensitiveMount', MEDIUM, hostMounted],
    ['Persistence:Kubernetes/MaliciousIPCaller MaliciousIPCaller.Custom TorIPCaller', MEDIUM, fromBadPlace],
    ['Persistence:Kubernetes/SuccessfulAnonymousAccess', HIGH, anonymous],
    [
      'Policy:Kubernetes/AdminAccessToDefaultServiceAccount',
      HIGH,
      'Every pod that names no account of its own may do anything.',
    ],
    ['Policy:Kubernetes/AnonymousAccessGranted', HIGH, open],
    ['Policy:Kubernetes/ExposedDashboard KubeflowDashboardExposed', MEDIUM, open],
    [
      'PrivilegeEscalation:Kubernetes/AnomalousBehavior.RoleBindingCreated',
      MEDIUM,
      'Somebody was given more than they had.',
    ],
    ['PrivilegeEscalation:Kubernetes/AnomalousBehavior.RoleCreated', LOW, 'A role was made that may do much.'],
    ['PrivilegeEscalation:Kubernetes/AnomalousBehavior.WorkloadDeployed!PrivilegedContainer', HIGH, privileged],
    ['PrivilegeEscalation:Kubernetes/PrivilegedContainer', MEDIUM, privileged],
  ],
);

export const functions = spread(
  ['Lambda'],
  [
    ['Backdoor:Lambda/C&CActivity.B', HIGH, talksToAttacker],
    ['CryptoCurrency:Lambda/BitcoinTool.B', HIGH, mines],
    ['Trojan:Lambda/BlackholeTraffic', MEDIUM, goesNowhere],
    ['Trojan:Lambda/DropPoint', MEDIUM, brings],
    ['UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom', MEDIUM, 'It talks to an address of your own list.'],
    ['UnauthorizedAccess:Lambda/TorClient TorRelay', HIGH, tor],
  ],
);
