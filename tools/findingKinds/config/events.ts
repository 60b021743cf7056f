import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../shared/platform/json.ts';
import { type EventFile, envelopeId, hashOf } from '../eventFile.ts';
import type { ConfigRule } from './rules.ts';

/** A resource that a managed rule finds not compliant, as AWS Config would tell it. */
export function configEvent(root: string, { rule, resourceType, resourceId }: ConfigRule): EventFile {
  const sample = JSON.parse(readFileSync(join(root, 'events', 'config-repository-tags.json'), 'utf8')) as EventFile;
  const result = sample.detail['newEvaluationResult'] as JsonObject;
  const identifier = result['evaluationResultIdentifier'] as JsonObject;
  const hash = hashOf(rule);
  return {
    ...sample,
    id: envelopeId(hash),
    detail: {
      ...sample.detail,
      resourceId,
      resourceType,
      configRuleName: rule,
      configRuleARN: `arn:aws:config:us-east-1:123456789012:config-rule/config-rule-${hash.slice(0, 6)}`,
      newEvaluationResult: {
        ...result,
        evaluationResultIdentifier: {
          ...identifier,
          evaluationResultQualifier: { configRuleName: rule, resourceType, resourceId },
        },
      },
    },
  };
}
