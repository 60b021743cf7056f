import type { RestRequest, Service } from '../../account.ts';
import { fromJson } from '../../door/protocols/jsonBody.ts';
import { getDetector } from './getDetector.ts';
import { listCoverage } from './listCoverage.ts';
import { listDetectors } from './listDetectors.ts';

/** Operation and input, by method and path (AWS's model of GuardDuty, version 2017-11-28). */
function route({ method, path, query, body }: RestRequest) {
  const [, detector = '', rest = ''] = /^\/detector(?:\/([^/]+))?(\/coverage)?\/?$/.exec(path) ?? [];
  if (!path.startsWith('/detector')) return undefined;
  const DetectorId = decodeURIComponent(detector);
  if (method === 'GET' && path.replace(/\/$/, '') === '/detector')
    return {
      operation: 'ListDetectors',
      input: { MaxResults: query.get('maxResults'), NextToken: query.get('nextToken') },
    };
  if (method === 'GET' && detector !== '' && rest === '') return { operation: 'GetDetector', input: { DetectorId } };
  if (method === 'POST' && rest === '/coverage')
    return { operation: 'ListCoverage', input: { ...(fromJson(body) as object), DetectorId } };
  return undefined;
}

/** Whether a detector is there, what it watches, and which clusters it covers. What it finds is put onto the bus by whoever plays it. */
export const guarddutyService: Service = {
  name: 'guardduty',
  protocol: 'rest-json',
  route,
  operations: { GetDetector: getDetector, ListCoverage: listCoverage, ListDetectors: listDetectors },
};
