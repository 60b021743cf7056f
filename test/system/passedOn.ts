import type { Fields } from '../../shared/finding/read.ts';
import type { JsonObject } from '../../shared/platform/json.ts';

/** As Security Hub writes what is nested: `a/b`, `list.0_`. */
function flat(from: Fields, prefix: string): Record<string, string> {
  const all: Record<string, string> = {};
  const put = (key: string, value: unknown): void => {
    if (Array.isArray(value)) for (const [index, one] of value.entries()) put(`${key}.${index}_`, one);
    else if (typeof value === 'object' && value !== null) Object.assign(all, flat(value as Fields, `${key}/`));
    else if (value !== null) all[key] = String(value);
  };
  for (const [key, value] of Object.entries(from)) put(`${prefix}${key}`, value);
  return all;
}

const namedIn = (from: unknown): Fields => from as Fields;

/** The finding of GuardDuty's own event about a task, as Security Hub passes it on. */
export function passedOn(event: JsonObject, id: string, changes: Fields = {}): JsonObject {
  const detail = namedIn(event['detail']);
  const [arn, type] = [String(detail['arn']), String(detail['type'])];
  const service = namedIn(detail['service']);
  const cluster = namedIn(namedIn(detail['resource'])['ecsClusterDetails']);
  const task = namedIn(cluster['taskDetails']);
  const containers = (task['containers'] as readonly Fields[]).map(({ name, image }) => ({ Name: name, Image: image }));
  const at = { Partition: 'aws', Region: detail['region'] };
  const finding = {
    ...{ SchemaVersion: '2018-10-08', Id: arn, AwsAccountId: detail['accountId'], Region: detail['region'] },
    ...{
      ProductArn: `arn:aws:securityhub:${String(detail['region'])}::product/aws/guardduty`,
      ProductName: 'GuardDuty',
    },
    ...{ GeneratorId: arn.slice(0, arn.indexOf('/finding')), Types: [`TTPs/Execution/${type.replace('/', '-')}`] },
    ...{ Title: detail['title'], Severity: { Label: 'HIGH', Normalized: 70, Product: detail['severity'] } },
    ...{ FirstObservedAt: service['eventFirstSeen'], LastObservedAt: service['eventLastSeen'] },
    ...{ CreatedAt: detail['createdAt'], UpdatedAt: event['time'], ProcessedAt: event['time'] },
    ProductFields: flat(service, 'aws/guardduty/service/'),
    Resources: [
      { ...at, Type: 'AwsEcsCluster', Id: cluster['arn'] },
      {
        ...{ ...at, Type: 'AwsEcsTask', Id: task['arn'] },
        Details: {
          AwsEcsTask: { TaskDefinitionArn: task['definitionArn'], Group: task['group'], Containers: containers },
        },
      },
    ],
    ...{ Workflow: { Status: 'NEW' }, RecordState: 'ACTIVE' },
    ...changes,
  };
  const envelope = { ...event, id, source: 'aws.securityhub', 'detail-type': 'Security Hub Findings - Imported' };
  return JSON.parse(JSON.stringify({ ...envelope, detail: { findings: [finding] } })) as JsonObject;
}
