/** What a conformance pack appends to the name of each of its rules. */
const ofPack = /^(.+)-conformance-pack-[A-Za-z0-9]+$/;
/** What Security Hub makes of the name of each rule that it needs. */
const ofSecurityHub = /^securityhub-(.+)-[A-Za-z0-9]{6,}$/;
/** ARNs of rules that an AWS service made; the name of any other is somebody's own choice. */
const madeByService = /:config-rule\/aws-service-rule\//;

/**
 * The name that is the same wherever the rule came from: events carry no managed rule's identifier, and conformance packs and Security Hub
 * put a suffix of their own around its name (seen in events of 2021 and later).
 * @param arn of the rule; null where the event does not say: then the name alone decides
 */
export function managedName(name: string, arn: string | null): string {
  if (arn !== null && !madeByService.test(arn)) return name;
  const [, plain] = ofPack.exec(name) ?? ofSecurityHub.exec(name) ?? [];
  return plain ?? name;
}
