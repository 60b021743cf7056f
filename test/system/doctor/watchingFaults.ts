import { configRecorder } from '../../../sandbox/services/config/recorder.ts';
import { registryScanning } from '../../../sandbox/services/ecr/registryScanning.ts';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { guardDuty } from '../../../sandbox/services/guardduty/detector.ts';
import { inspector } from '../../../sandbox/services/inspector2/state.ts';
import { detector, type Fault } from './planted.ts';

/** Of what finds. */
export const watchingFaults: readonly Fault[] = [
  {
    name: 'no detector',
    plant: ({ stage }) => Object.assign(guardDuty(stage.account), { detector: undefined }),
    check: 'guardduty',
    seen: /^GuardDuty has no detector in us-east-1\.$/,
    todo: /aws guardduty create-detector --enable --region us-east-1/,
    also: ['guardduty-runtime', 'guardduty-coverage'],
  },
  {
    name: 'a detector that is suspended',
    plant: (at) => Object.assign(detector(at), { enabled: false }),
    check: 'guardduty',
    seen: /is suspended/,
    todo: /update-detector --detector-id [0-9a-f]{32} --enable/,
    also: ['guardduty-coverage'],
  },
  {
    name: 'runtime monitoring off',
    plant: (at) => Object.assign(detector(at), { runtimeMonitoring: false }),
    check: 'guardduty-runtime',
    seen: /Runtime monitoring is off/,
    todo: /--features '\[{"Name":"RUNTIME_MONITORING","Status":"ENABLED".*ECS_FARGATE_AGENT_MANAGEMENT/,
    also: ['guardduty-coverage'],
  },
  {
    name: 'no agent on Fargate',
    plant: (at) => Object.assign(detector(at), { managed: ['EC2'] }),
    check: 'guardduty-runtime',
    state: 'warning',
    seen: /ECS_FARGATE_AGENT_MANAGEMENT is off/,
    todo: /--features/,
  },
  {
    name: 'a cluster that GuardDuty does not see',
    plant: (at) => detector(at).unhealthy.set('prod', 'Agent exited'),
    check: 'guardduty-coverage',
    state: 'warning',
    seen: /does not see 1 of what it lists: ECS prod \(Agent exited\)/,
    todo: /Runtime coverage/,
  },
  {
    name: 'Inspector off',
    plant: ({ stage }) => Object.assign(inspector(stage.account), { scans: [] }),
    check: 'inspector',
    seen: /^Inspector is DISABLED in us-east-1\.$/,
    todo: /aws inspector2 enable --resource-types EC2 ECR LAMBDA/,
  },
  {
    name: 'Inspector not looking at hosts',
    plant: ({ stage }) => Object.assign(inspector(stage.account), { scans: ['ecr'] }),
    check: 'inspector',
    state: 'warning',
    seen: /does not look at hosts: ec2 DISABLED, ecr ENABLED/,
    todo: /aws inspector2 enable/,
  },
  {
    name: 'no recorder',
    plant: ({ stage }) => Object.assign(configRecorder(stage.account), { recorder: undefined }),
    check: 'config-recorder',
    seen: /has no recorder in us-east-1/,
    todo: /1-click setup/,
  },
  {
    name: 'the recorder stopped',
    plant: ({ stage }) => Object.assign(configRecorder(stage.account).recorder ?? {}, { recording: false }),
    check: 'config-recorder',
    seen: /The recorder default of AWS Config is stopped/,
    todo: /aws configservice start-configuration-recorder --configuration-recorder-name default/,
  },
  {
    name: 'a recorder that fails',
    plant: ({ stage }) => Object.assign(configRecorder(stage.account).recorder ?? {}, { lastStatus: 'FAILURE' }),
    check: 'config-recorder',
    seen: /records, and fails/,
    todo: /delivery channel/,
  },
  {
    name: 'enhanced scanning of nothing',
    plant: ({ stage }) => Object.assign(registryScanning(stage.account), { is: { scanType: 'ENHANCED', rules: [] } }),
    check: 'ecr-scanning',
    seen: /ENHANCED scanning without a rule of the registry: no image is scanned/,
    todo: /put-registry-scanning-configuration --scan-type ENHANCED/,
  },
  {
    name: 'basic scanning, and no repository that scans on push',
    plant: ({ stage }) => Object.assign(registryScanning(stage.account), { is: { scanType: 'BASIC', rules: [] } }),
    check: 'ecr-scanning',
    seen: /no repository scans on push: no image is scanned/,
    todo: /put-registry-scanning-configuration --scan-type BASIC/,
  },
  {
    name: 'basic scanning of some repositories',
    plant: ({ stage: { account } }) => {
      Object.assign(registryScanning(account), { is: { scanType: 'BASIC', rules: [] } });
      const [one] = repositories(account).values();
      if (one !== undefined) repositories(account).set('other', { ...one, name: 'other', scanOnPush: true });
    },
    check: 'ecr-scanning',
    state: 'warning',
    seen: /not scanned on push: payments\/checkout-api \(1 of 2\)/,
    todo: /put-registry-scanning-configuration/,
  },
];
