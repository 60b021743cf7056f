import { parseRuleCompliance } from '../configChange/ruleCompliance.ts';
import type { Original } from './original.ts';
import type { HubRecord, HubResource } from './record.ts';

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
const behindSlash = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
const asItIs = (arn: string): string => arn;
/** `…:repository/shop/api`: names of repositories have slashes. */
const repository = (arn: string): string => /:repository\/(.+)$/.exec(arn)?.[1] ?? arn;

/** By the type of the resource in Security Hub, what AWS Config calls type and id (how the ids look is documented for few types). */
const identities = new Map<string, readonly [type: string, id: (arn: string) => string]>([
  ['awsecrrepository', ['AWS::ECR::Repository', repository]],
  ['awsecstaskdefinition', ['AWS::ECS::TaskDefinition', asItIs]],
  ['awsecsservice', ['AWS::ECS::Service', asItIs]],
  ['awsecscluster', ['AWS::ECS::Cluster', asItIs]],
  ['awslambdafunction', ['AWS::Lambda::Function', nameOf]],
  ['awsec2instance', ['AWS::EC2::Instance', behindSlash]],
  ['awsec2securitygroup', ['AWS::EC2::SecurityGroup', behindSlash]],
  ['awssecretsmanagersecret', ['AWS::SecretsManager::Secret', asItIs]],
]);

const words = new Map([
  ['FAILED', 'NON_COMPLIANT'],
  ['FAIL', 'NON_COMPLIANT'],
  ['PASSED', 'COMPLIANT'],
  ['PASS', 'COMPLIANT'],
  ['WARNING', 'INSUFFICIENT_DATA'],
  ['NOT_AVAILABLE', 'INSUFFICIENT_DATA'],
]);

const ruleType = 'AWS::Config::ConfigRule';
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The rule of AWS Config that evaluated it: the finding's own, or the one that a control of Security Hub has for itself (`securityhub-…`). */
function ruleOf({ fields }: HubRecord): { readonly name: string; readonly arn: string | null } | null {
  const own = text(fields['aws/config/ConfigRuleName']);
  if (own !== null) return { name: own, arn: text(fields['aws/config/ConfigRuleArn']) };
  const related = Object.keys(fields).find(
    (key) => /^RelatedAWSResources:\d{1,2}\/type$/.test(key) && fields[key] === ruleType,
  );
  const name = related === undefined ? null : text(fields[related.replace(/type$/, 'name')]);
  return name === null ? null : { name, arn: null };
}

function named(resources: readonly HubResource[]): {
  readonly resourceType: string;
  readonly resourceId: string;
  known: boolean;
} {
  const [first, ...more] = resources;
  const [type, idOf] = identities.get(first?.key ?? '') ?? [];
  if (first === undefined || type === undefined || idOf === undefined || more.length > 0) {
    return { resourceType: first?.type ?? 'unknown', resourceId: first?.id ?? 'unknown', known: false };
  }
  return { resourceType: type, resourceId: idOf(first.id), known: true };
}

/**
 * What a rule of AWS Config says, of AWS Config itself or behind a control of Security Hub, put back into the form of AWS Config's own event.
 * Null where no rule stands behind it.
 */
export function configFinding(record: HubRecord): Original | null {
  const rule = ruleOf(record);
  const compliance = text(record.fields['aws/config/ConfigComplianceType']) ?? words.get(record.compliance ?? '');
  if (rule === null || compliance === undefined) return null;
  const { resourceType, resourceId, known } = named(record.resources);
  const detail = {
    ...{ configRuleName: rule.name, ...(rule.arn === null ? {} : { configRuleARN: rule.arn }) },
    ...{ resourceType, resourceId: resourceId === '' ? 'unknown' : resourceId },
    ...{ awsAccountId: record.account, awsRegion: record.region, messageType: 'ComplianceChangeNotification' },
    newEvaluationResult: {
      complianceType: compliance,
      resultRecordedTime: record.lastSeenAt ?? record.firstSeenAt ?? record.createdAt,
      annotation: record.fields['aws/securityhub/annotation'],
    },
  };
  return {
    source: 'AWS Config',
    detail,
    parse: parseRuleCompliance,
    isExact: known,
    isTaken: compliance !== 'INSUFFICIENT_DATA',
  };
}
