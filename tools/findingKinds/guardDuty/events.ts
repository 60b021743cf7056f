import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../shared/platform/json.ts';
import { type EventFile, envelopeId, hashOf } from '../eventFile.ts';
import type { About, GuardDutyType } from './type.ts';

/** The sample that has the shape of such a finding. */
function sampleFor({ type }: GuardDutyType, about: About): string {
  const sequence = /^AttackSequence:(\w+)\//.exec(type)?.[1];
  if (sequence !== undefined) return `${sequence.toLowerCase()}-attack-sequence`;
  if (about === 'EKSCluster')
    return type.includes(':Kubernetes/') && !type.startsWith('Execution:Kubernetes/M')
      ? 'eks-cluster'
      : 'eks-reverse-shell';
  if (about === 'AccessKey') return type.includes('CredentialExfiltration') ? 'task-role-exfiltrated' : 'iam-user';
  const samples = {
    ECSCluster: type.startsWith('Execution:ECS/') ? 'ecs-malware' : 'ecs-miner',
    Container: 'container-on-host',
    Instance: 'instance-bitcoin-dns',
    Lambda: 'lambda-c2',
    EBSSnapshot: 'ebs-snapshot',
    EC2Image: 'ec2-image',
    RecoveryPoint: 'recovery-point',
  } as const;
  return samples[about as keyof typeof samples];
}

/** A finding of that type, as GuardDuty would send it: the sample of its kind of resource with type, severity and ids of its own. */
export function guardDutyEvent(root: string, one: GuardDutyType, about: About = one.about[0]): EventFile {
  const sample = JSON.parse(
    readFileSync(join(root, 'events', `guardduty-${sampleFor(one, about)}.json`), 'utf8'),
  ) as EventFile;
  const hash = hashOf(`${one.type} ${about}`);
  const id = hash.slice(0, 32);
  const service = sample.detail['service'] as JsonObject;
  return {
    ...sample,
    id: envelopeId(hash),
    detail: {
      ...sample.detail,
      id,
      arn: String(sample.detail['arn']).replace(/finding\/.*$/, `finding/${id}`),
      type: one.type,
      severity: one.severity,
      title: one.says,
      service: { ...service, ...(one.actor === true ? { resourceRole: 'ACTOR' } : {}) },
    },
  };
}
