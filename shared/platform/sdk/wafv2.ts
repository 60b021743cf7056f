export {
  GetIPSetCommand,
  ListIPSetsCommand,
  ListTagsForResourceCommand,
  UpdateIPSetCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
