import type { RestRequest, Service } from '../../account.ts';
import { fromJson } from '../../door/protocols/jsonBody.ts';
import { createSampleFindings } from './createSampleFindings.ts';
import { getDetector } from './getDetector.ts';
import { listCoverage } from './listCoverage.ts';
import { listDetectors } from './listDetectors.ts';

/** Operation and input, by method and path (AWS's model of GuardDuty, version 2017-11-28). */
function route({ method, path, query, body }: RestRequest) {
  const [, detector = '', rest = ''] = /^\/detector(?:\/([^/]+))?(\/coverage|\/findings\/create)?\/?$/.exec(path) ?? [];
  if (!path.startsWith('/detector')) return undefined;
  const DetectorId = decodeURIComponent(detector);
  if (method === 'GET' && path.replace(/\/$/, '') === '/detector')
    return {
      operation: 'ListDetectors',
      input: { MaxResults: query.get('maxResults'), NextToken: query.get('nextToken') },
    };
  if (method === 'GET' && detector !== '' && rest === '') return { operation: 'GetDetector', input: { DetectorId } };
  const posted = () => ({ ...(fromJson(body) as object), DetectorId });
  if (method === 'POST' && rest === '/coverage') return { operation: 'ListCoverage', input: posted() };
  if (method === 'POST' && rest === '/findings/create') return { operation: 'CreateSampleFindings', input: posted() };
  return undefined;
}

/** Whether a detector is there, what it watches, and which clusters it covers; it makes up findings when it is asked to. What it finds is put onto the bus by whoever plays it. */
export const guarddutyService: Service = {
  name: 'guardduty',
  protocol: 'rest-json',
  route,
  operations: {
    CreateSampleFindings: createSampleFindings,
    GetDetector: getDetector,
    ListCoverage: listCoverage,
    ListDetectors: listDetectors,
  },
};
