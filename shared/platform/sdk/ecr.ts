export {
  BatchGetImageCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  ECRClient,
  ListTagsForResourceCommand,
  UpdateImageStorageClassCommand,
} from '@aws-sdk/client-ecr';
