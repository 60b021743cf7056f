import { InvalidEvent } from '../../platform/errors.ts';
import { bounded, titleLength } from '../bounds.ts';
import { firstDate } from '../dates.ts';
import type { FindingStatus } from '../finding.ts';
import { fieldsIn, textIn } from '../given.ts';
import { type Place, readAccount, readRegion } from '../place.ts';
import { type Fields, isAbsent, readObject, readOptional, readText } from '../read.ts';
import { severityOf } from '../severity.ts';
import type { Envelope, Parsed } from '../source.ts';
import { evaluatedResource } from './resource.ts';
import { managedName } from './ruleName.ts';

const statuses = new Map<string, FindingStatus>([
  ['NON_COMPLIANT', 'open'],
  ['COMPLIANT', 'resolved'],
  // Nothing to evaluate (any more), or not enough to do it: neither fixed nor accused.
  ['NOT_APPLICABLE', 'inconclusive'],
  ['INSUFFICIENT_DATA', 'inconclusive'],
]);

/** At least what AWS Config allows: 128 characters for a rule's name, 768 for a resource's id, 196 for its type. */
const longest = { configRuleName: 256, resourceId: 1024, resourceType: 256 } as const;

/** Where the resource lies: in an administrator's or an aggregator's account, the envelope names that one. */
const placeOf = (detail: Fields, envelope: Envelope): Place => ({
  account: readOptional(detail, 'detail', 'awsAccountId', readAccount) ?? envelope.account,
  region: readOptional(detail, 'detail', 'awsRegion', readRegion) ?? envelope.region,
});

function readStatus(result: Fields): { readonly word: string; readonly status: FindingStatus } {
  const path = 'detail.newEvaluationResult.complianceType';
  const word = readText(result['complianceType'], path, 100);
  const status = statuses.get(word);
  if (status === undefined) throw new InvalidEvent(path, `${path} must be one of ${[...statuses.keys()].join(', ')}`);
  return { word, status };
}

/**
 * `Config Rules Compliance Change` (AWS Config developer guide, "Monitoring AWS Config with Amazon EventBridge"): what one rule says of one
 * resource now. The rule, the type and the id stand in the detail and in the result; older events lack the type in the
 * detail. The result before (`oldEvaluationResult`) is absent the first time and says nothing that is used. AWS Config knows no severity.
 */
export function parseRuleCompliance(envelope: Envelope): Parsed {
  const detail = readObject(envelope.detail, 'detail');
  const message = textIn(detail, 'messageType', 100) ?? 'ComplianceChangeNotification';
  if (message !== 'ComplianceChangeNotification') {
    return { kind: 'ignored', reason: `a ${message} of AWS Config says nothing about compliance` };
  }
  const result = readObject(detail['newEvaluationResult'], 'detail.newEvaluationResult');
  const evaluated = fieldsIn(fieldsIn(result, 'evaluationResultIdentifier'), 'evaluationResultQualifier');
  const given = (key: keyof typeof longest): unknown => (isAbsent(detail[key]) ? evaluated[key] : detail[key]);
  const said = (key: keyof typeof longest): string =>
    bounded(readText(given(key), `detail.${key}`, longest[key]), longest[key]);
  const [ruleName, id] = [said('configRuleName'), said('resourceId')];
  const resourceType = isAbsent(given('resourceType')) ? null : said('resourceType');
  const { word, status } = readStatus(result);
  const rule = managedName(ruleName, textIn(detail, 'configRuleARN'));
  const place = placeOf(detail, envelope);
  const annotation = textIn(result, 'annotation')?.trim() ?? '';
  const finding = {
    // The rule by its own name: two of them for one managed rule may have different parameters.
    id: `config/${place.account}/${place.region}/${ruleName}#${resourceType ?? ''}/${id}`,
    source: 'config',
    type: 'ConfigCompliance',
    status,
    ...severityOf('unknown'),
    account: place.account,
    region: place.region,
    observedAt: firstDate([result['resultRecordedTime'], detail['notificationCreationTime']], envelope.time),
    title: bounded(`${rule}: ${word}${annotation === '' ? '' : `: ${annotation}`}`, titleLength),
    sample: false,
    resource: evaluatedResource(resourceType ?? 'unknown', id, place),
    compliance: { type: 'config', rule, ruleName, resourceType, baseline: null },
  } as const;
  return { kind: 'findings', findings: [finding] };
}
