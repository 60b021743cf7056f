import type { InputShapes } from './shape.ts';

/** What AWS's model says of the requests to the sandbox's operations. Made by `npm run generate`. */
export const inputShapes: InputShapes = {
 "application-autoscaling": {
  "operations": {
   "DescribeScalableTargets": "DescribeScalableTargetsRequest",
   "DescribeScalingActivities": "DescribeScalingActivitiesRequest",
   "DescribeScalingPolicies": "DescribeScalingPoliciesRequest",
   "DescribeScheduledActions": "DescribeScheduledActionsRequest",
   "RegisterScalableTarget": "RegisterScalableTargetRequest"
  },
  "structures": {
   "DescribeScalableTargetsRequest": {
    "ServiceNamespace": "string",
    "ResourceIds": {
     "list": "string"
    },
    "ScalableDimension": "string",
    "MaxResults": "number",
    "NextToken": "string"
   },
   "DescribeScalingActivitiesRequest": {
    "ServiceNamespace": "string",
    "ResourceId": "string",
    "ScalableDimension": "string",
    "MaxResults": "number",
    "NextToken": "string",
    "IncludeNotScaledActivities": "boolean"
   },
   "DescribeScalingPoliciesRequest": {
    "ServiceNamespace": "string",
    "PolicyNames": {
     "list": "string"
    },
    "ResourceId": "string",
    "ScalableDimension": "string",
    "MaxResults": "number",
    "NextToken": "string"
   },
   "DescribeScheduledActionsRequest": {
    "ServiceNamespace": "string",
    "ScheduledActionNames": {
     "list": "string"
    },
    "ResourceId": "string",
    "ScalableDimension": "string",
    "MaxResults": "number",
    "NextToken": "string"
   },
   "RegisterScalableTargetRequest": {
    "ServiceNamespace": "string",
    "ResourceId": "string",
    "ScalableDimension": "string",
    "MinCapacity": "number",
    "MaxCapacity": "number",
    "RoleARN": "string",
    "SuspendedState": {
     "of": "SuspendedState"
    },
    "Tags": {
     "map": "string"
    }
   },
   "SuspendedState": {
    "DynamicScalingInSuspended": "boolean",
    "DynamicScalingOutSuspended": "boolean",
    "ScheduledScalingSuspended": "boolean"
   }
  }
 },
 "autoscaling": {
  "operations": {
   "DescribeAutoScalingInstances": "DescribeAutoScalingInstancesType",
   "EnterStandby": "EnterStandbyQuery",
   "ExitStandby": "ExitStandbyQuery"
  },
  "structures": {
   "DescribeAutoScalingInstancesType": {
    "InstanceIds": {
     "list": "string"
    },
    "IncludeManagedResources": "boolean",
    "MaxRecords": "number",
    "NextToken": "string"
   },
   "EnterStandbyQuery": {
    "AutoScalingGroupName": "string",
    "ShouldDecrementDesiredCapacity": "boolean",
    "InstanceIds": {
     "list": "string"
    }
   },
   "ExitStandbyQuery": {
    "AutoScalingGroupName": "string",
    "InstanceIds": {
     "list": "string"
    }
   }
  }
 },
 "cloudformation": {
  "operations": {
   "ListStackResources": "ListStackResourcesInput"
  },
  "structures": {
   "ListStackResourcesInput": {
    "StackName": "string",
    "NextToken": "string"
   }
  }
 },
 "cloudtrail": {
  "operations": {
   "LookupEvents": "LookupEventsRequest"
  },
  "structures": {
   "LookupEventsRequest": {
    "LookupAttributes": {
     "list": {
      "of": "LookupAttribute"
     }
    },
    "StartTime": "time",
    "EndTime": "time",
    "EventCategory": "string",
    "MaxResults": "number",
    "NextToken": "string"
   },
   "LookupAttribute": {
    "AttributeKey": "string",
    "AttributeValue": "string"
   }
  }
 },
 "config": {
  "operations": {
   "DescribeConfigurationRecorderStatus": "DescribeConfigurationRecorderStatusRequest"
  },
  "structures": {
   "DescribeConfigurationRecorderStatusRequest": {
    "ConfigurationRecorderNames": {
     "list": "string"
    },
    "ServicePrincipal": "string",
    "Arn": "string"
   }
  }
 },
 "dynamodb": {
  "operations": {
   "BatchGetItem": "BatchGetItemInput",
   "DeleteItem": "DeleteItemInput",
   "DescribeTable": "DescribeTableInput",
   "GetItem": "GetItemInput",
   "ListTables": "ListTablesInput",
   "PutItem": "PutItemInput",
   "Query": "QueryInput",
   "Scan": "ScanInput",
   "UpdateItem": "UpdateItemInput"
  },
  "structures": {
   "BatchGetItemInput": {
    "RequestItems": {
     "map": {
      "of": "KeysAndAttributes"
     }
    },
    "ReturnConsumedCapacity": "string"
   },
   "KeysAndAttributes": {
    "Keys": {
     "list": {
      "map": {
       "of": "AttributeValue"
      }
     }
    },
    "AttributesToGet": {
     "list": "string"
    },
    "ConsistentRead": "boolean",
    "ProjectionExpression": "string",
    "ExpressionAttributeNames": {
     "map": "string"
    }
   },
   "AttributeValue": {
    "S": "string",
    "N": "string",
    "B": "blob",
    "SS": {
     "list": "string"
    },
    "NS": {
     "list": "string"
    },
    "BS": {
     "list": "blob"
    },
    "M": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "L": {
     "list": {
      "of": "AttributeValue"
     }
    },
    "NULL": "boolean",
    "BOOL": "boolean"
   },
   "DeleteItemInput": {
    "TableName": "string",
    "Key": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "Expected": {
     "map": {
      "of": "ExpectedAttributeValue"
     }
    },
    "ConditionalOperator": "string",
    "ReturnValues": "string",
    "ReturnConsumedCapacity": "string",
    "ReturnItemCollectionMetrics": "string",
    "ConditionExpression": "string",
    "ExpressionAttributeNames": {
     "map": "string"
    },
    "ExpressionAttributeValues": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "ReturnValuesOnConditionCheckFailure": "string"
   },
   "ExpectedAttributeValue": {
    "Value": {
     "of": "AttributeValue"
    },
    "Exists": "boolean",
    "ComparisonOperator": "string",
    "AttributeValueList": {
     "list": {
      "of": "AttributeValue"
     }
    }
   },
   "DescribeTableInput": {
    "TableName": "string"
   },
   "GetItemInput": {
    "TableName": "string",
    "Key": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "AttributesToGet": {
     "list": "string"
    },
    "ConsistentRead": "boolean",
    "ReturnConsumedCapacity": "string",
    "ProjectionExpression": "string",
    "ExpressionAttributeNames": {
     "map": "string"
    }
   },
   "ListTablesInput": {
    "ExclusiveStartTableName": "string",
    "Limit": "number"
   },
   "PutItemInput": {
    "TableName": "string",
    "Item": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "Expected": {
     "map": {
      "of": "ExpectedAttributeValue"
     }
    },
    "ReturnValues": "string",
    "ReturnConsumedCapacity": "string",
    "ReturnItemCollectionMetrics": "string",
    "ConditionalOperator": "string",
    "ConditionExpression": "string",
    "ExpressionAttributeNames": {
     "map": "string"
    },
    "ExpressionAttributeValues": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "ReturnValuesOnConditionCheckFailure": "string"
   },
   "QueryInput": {
    "TableName": "string",
    "IndexName": "string",
    "Select": "string",
    "AttributesToGet": {
     "list": "string"
    },
    "Limit": "number",
    "ConsistentRead": "boolean",
    "KeyConditions": {
     "map": {
      "of": "Condition"
     }
    },
    "QueryFilter": {
     "map": {
      "of": "Condition"
     }
    },
    "ConditionalOperator": "string",
    "ScanIndexForward": "boolean",
    "ExclusiveStartKey": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "ReturnConsumedCapacity": "string",
    "ProjectionExpression": "string",
    "FilterExpression": "string",
    "KeyConditionExpression": "string",
    "ExpressionAttributeNames": {
     "map": "string"
    },
    "ExpressionAttributeValues": {
     "map": {
      "of": "AttributeValue"
     }
    }
   },
   "Condition": {
    "ComparisonOperator": "string",
    "AttributeValueList": {
     "list": {
      "of": "AttributeValue"
     }
    }
   },
   "ScanInput": {
    "TableName": "string",
    "IndexName": "string",
    "AttributesToGet": {
     "list": "string"
    },
    "Limit": "number",
    "Select": "string",
    "ScanFilter": {
     "map": {
      "of": "Condition"
     }
    },
    "ConditionalOperator": "string",
    "ExclusiveStartKey": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "ReturnConsumedCapacity": "string",
    "TotalSegments": "number",
    "Segment": "number",
    "ProjectionExpression": "string",
    "FilterExpression": "string",
    "ExpressionAttributeNames": {
     "map": "string"
    },
    "ExpressionAttributeValues": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "ConsistentRead": "boolean"
   },
   "UpdateItemInput": {
    "TableName": "string",
    "Key": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "AttributeUpdates": {
     "map": {
      "of": "AttributeValueUpdate"
     }
    },
    "Expected": {
     "map": {
      "of": "ExpectedAttributeValue"
     }
    },
    "ConditionalOperator": "string",
    "ReturnValues": "string",
    "ReturnConsumedCapacity": "string",
    "ReturnItemCollectionMetrics": "string",
    "UpdateExpression": "string",
    "ConditionExpression": "string",
    "ExpressionAttributeNames": {
     "map": "string"
    },
    "ExpressionAttributeValues": {
     "map": {
      "of": "AttributeValue"
     }
    },
    "ReturnValuesOnConditionCheckFailure": "string"
   },
   "AttributeValueUpdate": {
    "Value": {
     "of": "AttributeValue"
    },
    "Action": "string"
   }
  }
 },
 "ec2": {
  "operations": {
   "AuthorizeSecurityGroupEgress": "AuthorizeSecurityGroupEgressRequest",
   "AuthorizeSecurityGroupIngress": "AuthorizeSecurityGroupIngressRequest",
   "CreateNetworkAclEntry": "CreateNetworkAclEntryRequest",
   "CreateSecurityGroup": "CreateSecurityGroupRequest",
   "CreateSnapshots": "CreateSnapshotsRequest",
   "CreateTags": "CreateTagsRequest",
   "DeleteNetworkAclEntry": "DeleteNetworkAclEntryRequest",
   "DeleteSecurityGroup": "DeleteSecurityGroupRequest",
   "DescribeAddresses": "DescribeAddressesRequest",
   "DescribeInstances": "DescribeInstancesRequest",
   "DescribeNetworkAcls": "DescribeNetworkAclsRequest",
   "DescribeNetworkInterfaces": "DescribeNetworkInterfacesRequest",
   "DescribeSecurityGroupRules": "DescribeSecurityGroupRulesRequest",
   "DescribeSecurityGroups": "DescribeSecurityGroupsRequest",
   "DescribeSnapshots": "DescribeSnapshotsRequest",
   "DescribeSubnets": "DescribeSubnetsRequest",
   "DescribeVolumes": "DescribeVolumesRequest",
   "DescribeVpcs": "DescribeVpcsRequest",
   "ModifyInstanceAttribute": "ModifyInstanceAttributeRequest",
   "ModifyInstanceMetadataOptions": "ModifyInstanceMetadataOptionsRequest",
   "ModifyNetworkInterfaceAttribute": "ModifyNetworkInterfaceAttributeRequest",
   "RevokeSecurityGroupEgress": "RevokeSecurityGroupEgressRequest",
   "RevokeSecurityGroupIngress": "RevokeSecurityGroupIngressRequest"
  },
  "structures": {
   "AuthorizeSecurityGroupEgressRequest": {
    "GroupId": "string",
    "TagSpecifications": {
     "list": {
      "of": "TagSpecification"
     }
    },
    "TagSpecification": {
     "list": {
      "of": "TagSpecification"
     }
    },
    "DryRun": "boolean",
    "SourceSecurityGroupName": "string",
    "SourceSecurityGroupOwnerId": "string",
    "IpProtocol": "string",
    "FromPort": "number",
    "ToPort": "number",
    "CidrIp": "string",
    "IpPermissions": {
     "list": {
      "of": "IpPermission"
     }
    }
   },
   "TagSpecification": {
    "ResourceType": "string",
    "Tags": {
     "list": {
      "of": "Tag"
     }
    },
    "Tag": {
     "list": {
      "of": "Tag"
     }
    }
   },
   "Tag": {
    "Key": "string",
    "Value": "string"
   },
   "IpPermission": {
    "IpProtocol": "string",
    "FromPort": "number",
    "ToPort": "number",
    "UserIdGroupPairs": {
     "list": {
      "of": "UserIdGroupPair"
     }
    },
    "Groups": {
     "list": {
      "of": "UserIdGroupPair"
     }
    },
    "IpRanges": {
     "list": {
      "of": "IpRange"
     }
    },
    "Ipv6Ranges": {
     "list": {
      "of": "Ipv6Range"
     }
    },
    "PrefixListIds": {
     "list": {
      "of": "PrefixListId"
     }
    }
   },
   "UserIdGroupPair": {
    "Description": "string",
    "UserId": "string",
    "GroupName": "string",
    "GroupId": "string",
    "VpcId": "string",
    "VpcPeeringConnectionId": "string",
    "PeeringStatus": "string"
   },
   "IpRange": {
    "Description": "string",
    "CidrIp": "string"
   },
   "Ipv6Range": {
    "Description": "string",
    "CidrIpv6": "string"
   },
   "PrefixListId": {
    "Description": "string",
    "PrefixListId": "string"
   },
   "AuthorizeSecurityGroupIngressRequest": {
    "CidrIp": "string",
    "FromPort": "number",
    "GroupId": "string",
    "GroupName": "string",
    "IpPermissions": {
     "list": {
      "of": "IpPermission"
     }
    },
    "IpProtocol": "string",
    "SourceSecurityGroupName": "string",
    "SourceSecurityGroupOwnerId": "string",
    "ToPort": "number",
    "TagSpecifications": {
     "list": {
      "of": "TagSpecification"
     }
    },
    "TagSpecification": {
     "list": {
      "of": "TagSpecification"
     }
    },
    "DryRun": "boolean"
   },
   "CreateNetworkAclEntryRequest": {
    "NetworkAclId": "string",
    "RuleNumber": "number",
    "Protocol": "string",
    "RuleAction": "string",
    "Egress": "boolean",
    "DryRun": "boolean",
    "CidrBlock": "string",
    "Ipv6CidrBlock": "string",
    "IcmpTypeCode": {
     "of": "IcmpTypeCode"
    },
    "Icmp": {
     "of": "IcmpTypeCode"
    },
    "PortRange": {
     "of": "PortRange"
    }
   },
   "IcmpTypeCode": {
    "Code": "number",
    "Type": "number"
   },
   "PortRange": {
    "From": "number",
    "To": "number"
   },
   "CreateSecurityGroupRequest": {
    "Description": "string",
    "GroupDescription": "string",
    "GroupName": "string",
    "VpcId": "string",
    "TagSpecifications": {
     "list": {
      "of": "TagSpecification"
     }
    },
    "TagSpecification": {
     "list": {
      "of": "TagSpecification"
     }
    },
    "DryRun": "boolean"
   },
   "CreateSnapshotsRequest": {
    "InstanceSpecification": {
     "of": "InstanceSpecification"
    },
    "Description": "string",
    "OutpostArn": "string",
    "TagSpecifications": {
     "list": {
      "of": "TagSpecification"
     }
    },
    "TagSpecification": {
     "list": {
      "of": "TagSpecification"
     }
    },
    "DryRun": "boolean",
    "CopyTagsFromSource": "string",
    "Location": "string"
   },
   "InstanceSpecification": {
    "InstanceId": "string",
    "ExcludeBootVolume": "boolean",
    "ExcludeDataVolumeIds": {
     "list": "string"
    },
    "ExcludeDataVolumeId": {
     "list": "string"
    }
   },
   "CreateTagsRequest": {
    "Resources": {
     "list": "string"
    },
    "ResourceId": {
     "list": "string"
    },
    "Tags": {
     "list": {
      "of": "Tag"
     }
    },
    "Tag": {
     "list": {
      "of": "Tag"
     }
    },
    "DryRun": "boolean"
   },
   "DeleteNetworkAclEntryRequest": {
    "NetworkAclId": "string",
    "RuleNumber": "number",
    "Egress": "boolean",
    "DryRun": "boolean"
   },
   "DeleteSecurityGroupRequest": {
    "GroupId": "string",
    "GroupName": "string",
    "DryRun": "boolean"
   },
   "DescribeAddressesRequest": {
    "PublicIps": {
     "list": "string"
    },
    "PublicIp": {
     "list": "string"
    },
    "DryRun": "boolean",
    "Filters": {
     "list": {
      "of": "Filter"
     }
    },
    "Filter": {
     "list": {
      "of": "Filter"
     }
    },
    "AllocationIds": {
     "list": "string"
    },
    "AllocationId": {
     "list": "string"
    }
   },
   "Filter": {
    "Name": "string",
    "Values": {
     "list": "string"
    },
    "Value": {
     "list": "string"
    }
   },
   "DescribeInstancesRequest": {
    "InstanceIds": {
     "list": "string"
    },
    "InstanceId": {
     "list": "string"
    },
    "IncludeManagedResources": "boolean",
    "DryRun": "boolean",
    "Filters": {
     "list": {
      "of": "Filter"
     }
    },
    "Filter": {
     "list": {
      "of": "Filter"
     }
    },
    "NextToken": "string",
    "MaxResults": "number"
   },
   "DescribeNetworkAclsRequest": {
    "NextToken": "string",
    "MaxResults": "number",
    "DryRun": "boolean",
    "NetworkAclIds": {
     "list": "string"
    },
    "NetworkAclId": {
     "list": "string"
    },
    "Filters": {
     "list": {
      "of": "Filter"
     }
    },
    "Filter": {
     "list": {
      "of": "Filter"
     }
    }
   },
   "DescribeNetworkInterfacesRequest": {
    "NextToken": "string",
    "MaxResults": "number",
    "IncludeManagedResources": "boolean",
    "DryRun": "boolean",
    "NetworkInterfaceIds": {
     "list": "string"
    },
    "NetworkInterfaceId": {
     "list": "string"
    },
    "Filters": {
     "list": {
      "of": "Filter"
     }
    },
    "Filter": {
     "list": {
      "of": "Filter"
     }
    }
   },
   "DescribeSecurityGroupRulesRequest": {
    "Filters": {
     "list": {
      "of": "Filter"
     }
    },
    "Filter": {
     "list": {
      "of": "Filter"
     }
    },
    "SecurityGroupRuleIds": {
     "list": "string"
    },
    "SecurityGroupRuleId": {
     "list": "string"
    },
    "DryRun": "boolean",
    "NextToken": "string",
    "MaxResults": "number"
   },
   "DescribeSecurityGroupsRequest": {
    "GroupIds": {
     "list": "string"
    },
    "GroupId": {
     "list": "string"
    },
    "GroupNames": {
     "list": "string"
    },
    "GroupName": {
     "list": "string"
    },
    "NextToken": "string",
    "MaxResults": "number",
    "DryRun": "boolean",
    "Filters": {
     "list": {
      "of": "Filter"
     }
    },
    "Filter": {
     "list": {
      "of": "Filter"
     }
    }
   },
   "DescribeSnapshotsRequest": {
    "MaxResults": "number",
    "NextToken": "string",
    "OwnerIds": {
     "list": "string"
    },
    "Owner": {
     "list": "string"
    },
    "RestorableByUserIds": {
     "list": "string"
    },
    "RestorableBy": {
     "list": "string"
    },
    "SnapshotIds": {
     "list": "string"
    },
    "SnapshotId": {
     "list": "string"
    },
    "DryRun": "boolean",
    "Filters": {
     "list": {
      "of": "Filter"
     }
    },
    "Filter": {
     "list": {
      "of": "Filter"
     }
    }
   },
   "DescribeSubnetsRequest": {
    "Filters": {
     "list": {
      "of": "Filter"
     }
    },
    "Filter": {
     "list": {
      "of": "Filter"
     }
    },
    "SubnetIds": {
     "list": "string"
    },
    "SubnetId": {
     "list": "string"
    },
    "NextToken": "string",
    "MaxResults": "number",
    "DryRun": "boolean"
   },
   "DescribeVolumesRequest": {
    "VolumeIds": {
     "list": "string"
    },
    "VolumeId": {
     "list": "string"
    },
    "IncludeManagedResources": "boolean",
    "DryRun": "boolean",
    "Filters": {
     "list": {
      "of": "Filter"
     }
    },
    "Filter": {
     "list": {
      "of": "Filter"
     }
    },
    "NextToken": "string",
    "MaxResults": "number"
   },
   "DescribeVpcsRequest": {
    "Filters": {
     "list": {
      "of": "Filter"
     }
    },
    "Filter": {
     "list": {
      "of": "Filter"
     }
    },
    "VpcIds": {
     "list": "string"
    },
    "VpcId": {
     "list": "string"
    },
    "NextToken": "string",
    "MaxResults": "number",
    "DryRun": "boolean"
   },
   "ModifyInstanceAttributeRequest": {
    "InstanceId": "string",
    "SourceDestCheck": {
     "of": "AttributeBooleanValue"
    },
    "EnclaveOptions": {
     "of": "EnclaveOptionsRequest"
    },
    "DisableApiStop": {
     "of": "AttributeBooleanValue"
    },
    "DryRun": "boolean",
    "Attribute": "string",
    "Value": "string",
    "BlockDeviceMappings": {
     "list": {
      "of": "InstanceBlockDeviceMappingSpecification"
     }
    },
    "BlockDeviceMapping": {
     "list": {
      "of": "InstanceBlockDeviceMappingSpecification"
     }
    },
    "DisableApiTermination": {
     "of": "AttributeBooleanValue"
    },
    "InstanceType": {
     "of": "AttributeValue"
    },
    "Kernel": {
     "of": "AttributeValue"
    },
    "Ramdisk": {
     "of": "AttributeValue"
    },
    "UserData": {
     "of": "SecureBlobAttributeValue"
    },
    "InstanceInitiatedShutdownBehavior": {
     "of": "AttributeValue"
    },
    "Groups": {
     "list": "string"
    },
    "GroupId": {
     "list": "string"
    },
    "EbsOptimized": {
     "of": "AttributeBooleanValue"
    },
    "SriovNetSupport": {
     "of": "AttributeValue"
    },
    "EnaSupport": {
     "of": "AttributeBooleanValue"
    }
   },
   "AttributeBooleanValue": {
    "Value": "boolean"
   },
   "EnclaveOptionsRequest": {
    "Enabled": "boolean"
   },
   "InstanceBlockDeviceMappingSpecification": {
    "DeviceName": "string",
    "Ebs": {
     "of": "EbsInstanceBlockDeviceSpecification"
    },
    "VirtualName": "string",
    "NoDevice": "string"
   },
   "EbsInstanceBlockDeviceSpecification": {
    "VolumeId": "string",
    "DeleteOnTermination": "boolean"
   },
   "AttributeValue": {
    "Value": "string"
   },
   "SecureBlobAttributeValue": {
    "Value": "blob"
   },
   "ModifyInstanceMetadataOptionsRequest": {
    "InstanceId": "string",
    "HttpTokens": "string",
    "HttpPutResponseHopLimit": "number",
    "HttpEndpoint": "string",
    "DryRun": "boolean",
    "HttpProtocolIpv6": "string",
    "InstanceMetadataTags": "string"
   },
   "ModifyNetworkInterfaceAttributeRequest": {
    "NetworkInterfaceId": "string",
    "EnaSrdSpecification": {
     "of": "EnaSrdSpecification"
    },
    "EnablePrimaryIpv6": "boolean",
    "ConnectionTrackingSpecification": {
     "of": "ConnectionTrackingSpecificationRequest"
    },
    "AssociatePublicIpAddress": "boolean",
    "AssociatedSubnetIds": {
     "list": "string"
    },
    "AssociatedSubnetId": {
     "list": "string"
    },
    "DryRun": "boolean",
    "Description": {
     "of": "AttributeValue"
    },
    "SourceDestCheck": {
     "of": "AttributeBooleanValue"
    },
    "Groups": {
     "list": "string"
    },
    "SecurityGroupId": {
     "list": "string"
    },
    "Attachment": {
     "of": "NetworkInterfaceAttachmentChanges"
    }
   },
   "EnaSrdSpecification": {
    "EnaSrdEnabled": "boolean",
    "EnaSrdUdpSpecification": {
     "of": "EnaSrdUdpSpecification"
    }
   },
   "EnaSrdUdpSpecification": {
    "EnaSrdUdpEnabled": "boolean"
   },
   "ConnectionTrackingSpecificationRequest": {
    "TcpEstablishedTimeout": "number",
    "UdpStreamTimeout": "number",
    "UdpTimeout": "number"
   },
   "NetworkInterfaceAttachmentChanges": {
    "DefaultEnaQueueCount": "boolean",
    "EnaQueueCount": "number",
    "AttachmentId": "string",
    "DeleteOnTermination": "boolean"
   },
   "RevokeSecurityGroupEgressRequest": {
    "GroupId": "string",
    "SecurityGroupRuleIds": {
     "list": "string"
    },
    "SecurityGroupRuleId": {
     "list": "string"
    },
    "DryRun": "boolean",
    "SourceSecurityGroupName": "string",
    "SourceSecurityGroupOwnerId": "string",
    "IpProtocol": "string",
    "FromPort": "number",
    "ToPort": "number",
    "CidrIp": "string",
    "IpPermissions": {
     "list": {
      "of": "IpPermission"
     }
    }
   },
   "RevokeSecurityGroupIngressRequest": {
    "CidrIp": "string",
    "FromPort": "number",
    "GroupId": "string",
    "GroupName": "string",
    "IpPermissions": {
     "list": {
      "of": "IpPermission"
     }
    },
    "IpProtocol": "string",
    "SourceSecurityGroupName": "string",
    "SourceSecurityGroupOwnerId": "string",
    "ToPort": "number",
    "SecurityGroupRuleIds": {
     "list": "string"
    },
    "SecurityGroupRuleId": {
     "list": "string"
    },
    "DryRun": "boolean"
   }
  }
 },
 "ecr": {
  "operations": {
   "BatchDeleteImage": "BatchDeleteImageRequest",
   "BatchGetImage": "BatchGetImageRequest",
   "BatchGetRepositoryScanningConfiguration": "BatchGetRepositoryScanningConfigurationRequest",
   "DeleteLifecyclePolicy": "DeleteLifecyclePolicyRequest",
   "DescribeImageReplicationStatus": "DescribeImageReplicationStatusRequest",
   "DescribeImageScanFindings": "DescribeImageScanFindingsRequest",
   "DescribeImageSigningStatus": "DescribeImageSigningStatusRequest",
   "DescribeImages": "DescribeImagesRequest",
   "DescribeRegistry": "DescribeRegistryRequest",
   "DescribeRepositories": "DescribeRepositoriesRequest",
   "GetAuthorizationToken": "GetAuthorizationTokenRequest",
   "GetDownloadUrlForLayer": "GetDownloadUrlForLayerRequest",
   "GetLifecyclePolicy": "GetLifecyclePolicyRequest",
   "GetLifecyclePolicyPreview": "GetLifecyclePolicyPreviewRequest",
   "GetRegistryScanningConfiguration": "GetRegistryScanningConfigurationRequest",
   "ListImageReferrers": "ListImageReferrersRequest",
   "ListImages": "ListImagesRequest",
   "ListTagsForResource": "ListTagsForResourceRequest",
   "PutImage": "PutImageRequest",
   "PutImageScanningConfiguration": "PutImageScanningConfigurationRequest",
   "PutImageTagMutability": "PutImageTagMutabilityRequest",
   "PutLifecyclePolicy": "PutLifecyclePolicyRequest",
   "PutRegistryScanningConfiguration": "PutRegistryScanningConfigurationRequest",
   "PutReplicationConfiguration": "PutReplicationConfigurationRequest",
   "StartImageScan": "StartImageScanRequest",
   "StartLifecyclePolicyPreview": "StartLifecyclePolicyPreviewRequest",
   "UpdateImageStorageClass": "UpdateImageStorageClassRequest"
  },
  "structures": {
   "BatchDeleteImageRequest": {
    "repositoryName": "string",
    "imageIds": {
     "list": {
      "of": "ImageIdentifier"
     }
    },
    "registryId": "string"
   },
   "ImageIdentifier": {
    "imageDigest": "string",
    "imageTag": "string"
   },
   "BatchGetImageRequest": {
    "repositoryName": "string",
    "imageIds": {
     "list": {
      "of": "ImageIdentifier"
     }
    },
    "registryId": "string",
    "acceptedMediaTypes": {
     "list": "string"
    }
   },
   "BatchGetRepositoryScanningConfigurationRequest": {
    "repositoryNames": {
     "list": "string"
    }
   },
   "DeleteLifecyclePolicyRequest": {
    "repositoryName": "string",
    "registryId": "string"
   },
   "DescribeImageReplicationStatusRequest": {
    "repositoryName": "string",
    "imageId": {
     "of": "ImageIdentifier"
    },
    "registryId": "string"
   },
   "DescribeImageScanFindingsRequest": {
    "repositoryName": "string",
    "imageId": {
     "of": "ImageIdentifier"
    },
    "registryId": "string",
    "nextToken": "string",
    "maxResults": "number"
   },
   "DescribeImageSigningStatusRequest": {
    "repositoryName": "string",
    "imageId": {
     "of": "ImageIdentifier"
    },
    "registryId": "string"
   },
   "DescribeImagesRequest": {
    "repositoryName": "string",
    "registryId": "string",
    "imageIds": {
     "list": {
      "of": "ImageIdentifier"
     }
    },
    "nextToken": "string",
    "maxResults": "number",
    "filter": {
     "of": "DescribeImagesFilter"
    }
   },
   "DescribeImagesFilter": {
    "tagStatus": "string",
    "imageStatus": "string"
   },
   "DescribeRegistryRequest": {},
   "DescribeRepositoriesRequest": {
    "registryId": "string",
    "repositoryNames": {
     "list": "string"
    },
    "nextToken": "string",
    "maxResults": "number"
   },
   "GetAuthorizationTokenRequest": {
    "registryIds": {
     "list": "string"
    }
   },
   "GetDownloadUrlForLayerRequest": {
    "repositoryName": "string",
    "layerDigest": "string",
    "registryId": "string"
   },
   "GetLifecyclePolicyRequest": {
    "repositoryName": "string",
    "registryId": "string"
   },
   "GetLifecyclePolicyPreviewRequest": {
    "repositoryName": "string",
    "registryId": "string",
    "imageIds": {
     "list": {
      "of": "ImageIdentifier"
     }
    },
    "nextToken": "string",
    "maxResults": "number",
    "filter": {
     "of": "LifecyclePolicyPreviewFilter"
    }
   },
   "LifecyclePolicyPreviewFilter": {
    "tagStatus": "string"
   },
   "GetRegistryScanningConfigurationRequest": {},
   "ListImageReferrersRequest": {
    "repositoryName": "string",
    "subjectId": {
     "of": "SubjectIdentifier"
    },
    "registryId": "string",
    "filter": {
     "of": "ListImageReferrersFilter"
    },
    "nextToken": "string",
    "maxResults": "number"
   },
   "SubjectIdentifier": {
    "imageDigest": "string"
   },
   "ListImageReferrersFilter": {
    "artifactTypes": {
     "list": "string"
    },
    "artifactStatus": "string"
   },
   "ListImagesRequest": {
    "repositoryName": "string",
    "registryId": "string",
    "nextToken": "string",
    "maxResults": "number",
    "filter": {
     "of": "ListImagesFilter"
    }
   },
   "ListImagesFilter": {
    "tagStatus": "string",
    "imageStatus": "string"
   },
   "ListTagsForResourceRequest": {
    "resourceArn": "string"
   },
   "PutImageRequest": {
    "repositoryName": "string",
    "imageManifest": "string",
    "registryId": "string",
    "imageManifestMediaType": "string",
    "imageTag": "string",
    "imageDigest": "string"
   },
   "PutImageScanningConfigurationRequest": {
    "repositoryName": "string",
    "imageScanningConfiguration": {
     "of": "ImageScanningConfiguration"
    },
    "registryId": "string"
   },
   "ImageScanningConfiguration": {
    "scanOnPush": "boolean"
   },
   "PutImageTagMutabilityRequest": {
    "repositoryName": "string",
    "imageTagMutability": "string",
    "registryId": "string",
    "imageTagMutabilityExclusionFilters": {
     "list": {
      "of": "ImageTagMutabilityExclusionFilter"
     }
    }
   },
   "ImageTagMutabilityExclusionFilter": {
    "filterType": "string",
    "filter": "string"
   },
   "PutLifecyclePolicyRequest": {
    "repositoryName": "string",
    "lifecyclePolicyText": "string",
    "registryId": "string"
   },
   "PutRegistryScanningConfigurationRequest": {
    "scanType": "string",
    "rules": {
     "list": {
      "of": "RegistryScanningRule"
     }
    }
   },
   "RegistryScanningRule": {
    "scanFrequency": "string",
    "repositoryFilters": {
     "list": {
      "of": "ScanningRepositoryFilter"
     }
    }
   },
   "ScanningRepositoryFilter": {
    "filter": "string",
    "filterType": "string"
   },
   "PutReplicationConfigurationRequest": {
    "replicationConfiguration": {
     "of": "ReplicationConfiguration"
    }
   },
   "ReplicationConfiguration": {
    "rules": {
     "list": {
      "of": "ReplicationRule"
     }
    }
   },
   "ReplicationRule": {
    "destinations": {
     "list": {
      "of": "ReplicationDestination"
     }
    },
    "repositoryFilters": {
     "list": {
      "of": "RepositoryFilter"
     }
    }
   },
   "ReplicationDestination": {
    "region": "string",
    "registryId": "string"
   },
   "RepositoryFilter": {
    "filter": "string",
    "filterType": "string"
   },
   "StartImageScanRequest": {
    "repositoryName": "string",
    "imageId": {
     "of": "ImageIdentifier"
    },
    "registryId": "string"
   },
   "StartLifecyclePolicyPreviewRequest": {
    "repositoryName": "string",
    "registryId": "string",
    "lifecyclePolicyText": "string"
   },
   "UpdateImageStorageClassRequest": {
    "repositoryName": "string",
    "imageId": {
     "of": "ImageIdentifier"
    },
    "targetStorageClass": "string",
    "registryId": "string"
   }
  }
 },
 "ecs": {
  "operations": {
   "DescribeClusters": "DescribeClustersRequest",
   "DescribeContainerInstances": "DescribeContainerInstancesRequest",
   "DescribeServiceDeployments": "DescribeServiceDeploymentsRequest",
   "DescribeServiceRevisions": "DescribeServiceRevisionsRequest",
   "DescribeServices": "DescribeServicesRequest",
   "DescribeTaskDefinition": "DescribeTaskDefinitionRequest",
   "DescribeTasks": "DescribeTasksRequest",
   "GetTaskProtection": "GetTaskProtectionRequest",
   "ListClusters": "ListClustersRequest",
   "ListContainerInstances": "ListContainerInstancesRequest",
   "ListServiceDeployments": "ListServiceDeploymentsRequest",
   "ListServices": "ListServicesRequest",
   "ListTagsForResource": "ListTagsForResourceRequest",
   "ListTaskDefinitions": "ListTaskDefinitionsRequest",
   "ListTasks": "ListTasksRequest",
   "RegisterTaskDefinition": "RegisterTaskDefinitionRequest",
   "RunTask": "RunTaskRequest",
   "StopServiceDeployment": "StopServiceDeploymentRequest",
   "StopTask": "StopTaskRequest",
   "TagResource": "TagResourceRequest",
   "UpdateClusterSettings": "UpdateClusterSettingsRequest",
   "UpdateContainerInstancesState": "UpdateContainerInstancesStateRequest",
   "UpdateService": "UpdateServiceRequest",
   "UpdateTaskProtection": "UpdateTaskProtectionRequest"
  },
  "structures": {
   "DescribeClustersRequest": {
    "clusters": {
     "list": "string"
    },
    "include": {
     "list": "string"
    }
   },
   "DescribeContainerInstancesRequest": {
    "containerInstances": {
     "list": "string"
    },
    "cluster": "string",
    "include": {
     "list": "string"
    }
   },
   "DescribeServiceDeploymentsRequest": {
    "serviceDeploymentArns": {
     "list": "string"
    }
   },
   "DescribeServiceRevisionsRequest": {
    "serviceRevisionArns": {
     "list": "string"
    }
   },
   "DescribeServicesRequest": {
    "services": {
     "list": "string"
    },
    "cluster": "string",
    "include": {
     "list": "string"
    }
   },
   "DescribeTaskDefinitionRequest": {
    "taskDefinition": "string",
    "include": {
     "list": "string"
    }
   },
   "DescribeTasksRequest": {
    "tasks": {
     "list": "string"
    },
    "cluster": "string",
    "include": {
     "list": "string"
    }
   },
   "GetTaskProtectionRequest": {
    "cluster": "string",
    "tasks": {
     "list": "string"
    }
   },
   "ListClustersRequest": {
    "nextToken": "string",
    "maxResults": "number"
   },
   "ListContainerInstancesRequest": {
    "cluster": "string",
    "filter": "string",
    "nextToken": "string",
    "maxResults": "number",
    "status": "string"
   },
   "ListServiceDeploymentsRequest": {
    "service": "string",
    "cluster": "string",
    "status": {
     "list": "string"
    },
    "createdAt": {
     "of": "CreatedAt"
    },
    "nextToken": "string",
    "maxResults": "number"
   },
   "CreatedAt": {
    "before": "time",
    "after": "time"
   },
   "ListServicesRequest": {
    "cluster": "string",
    "nextToken": "string",
    "maxResults": "number",
    "launchType": "string",
    "schedulingStrategy": "string",
    "resourceManagementType": "string"
   },
   "ListTagsForResourceRequest": {
    "resourceArn": "string"
   },
   "ListTaskDefinitionsRequest": {
    "familyPrefix": "string",
    "status": "string",
    "sort": "string",
    "nextToken": "string",
    "maxResults": "number"
   },
   "ListTasksRequest": {
    "cluster": "string",
    "containerInstance": "string",
    "family": "string",
    "nextToken": "string",
    "maxResults": "number",
    "startedBy": "string",
    "serviceName": "string",
    "desiredStatus": "string",
    "launchType": "string",
    "daemonName": "string"
   },
   "RegisterTaskDefinitionRequest": {
    "family": "string",
    "containerDefinitions": {
     "list": {
      "of": "ContainerDefinition"
     }
    },
    "taskRoleArn": "string",
    "executionRoleArn": "string",
    "networkMode": "string",
    "volumes": {
     "list": {
      "of": "Volume"
     }
    },
    "placementConstraints": {
     "list": {
      "of": "TaskDefinitionPlacementConstraint"
     }
    },
    "requiresCompatibilities": {
     "list": "string"
    },
    "cpu": "string",
    "memory": "string",
    "tags": {
     "list": {
      "of": "Tag"
     }
    },
    "pidMode": "string",
    "ipcMode": "string",
    "proxyConfiguration": {
     "of": "ProxyConfiguration"
    },
    "inferenceAccelerators": {
     "list": {
      "of": "InferenceAccelerator"
     }
    },
    "ephemeralStorage": {
     "of": "EphemeralStorage"
    },
    "runtimePlatform": {
     "of": "RuntimePlatform"
    },
    "enableFaultInjection": "boolean"
   },
   "ContainerDefinition": {
    "name": "string",
    "image": "string",
    "repositoryCredentials": {
     "of": "RepositoryCredentials"
    },
    "cpu": "number",
    "memory": "number",
    "memoryReservation": "number",
    "links": {
     "list": "string"
    },
    "portMappings": {
     "list": {
      "of": "PortMapping"
     }
    },
    "essential": "boolean",
    "restartPolicy": {
     "of": "ContainerRestartPolicy"
    },
    "entryPoint": {
     "list": "string"
    },
    "command": {
     "list": "string"
    },
    "environment": {
     "list": {
      "of": "KeyValuePair"
     }
    },
    "environmentFiles": {
     "list": {
      "of": "EnvironmentFile"
     }
    },
    "mountPoints": {
     "list": {
      "of": "MountPoint"
     }
    },
    "volumesFrom": {
     "list": {
      "of": "VolumeFrom"
     }
    },
    "linuxParameters": {
     "of": "LinuxParameters"
    },
    "secrets": {
     "list": {
      "of": "Secret"
     }
    },
    "dependsOn": {
     "list": {
      "of": "ContainerDependency"
     }
    },
    "startTimeout": "number",
    "stopTimeout": "number",
    "versionConsistency": "string",
    "hostname": "string",
    "user": "string",
    "workingDirectory": "string",
    "disableNetworking": "boolean",
    "privileged": "boolean",
    "readonlyRootFilesystem": "boolean",
    "dnsServers": {
     "list": "string"
    },
    "dnsSearchDomains": {
     "list": "string"
    },
    "extraHosts": {
     "list": {
      "of": "HostEntry"
     }
    },
    "dockerSecurityOptions": {
     "list": "string"
    },
    "interactive": "boolean",
    "pseudoTerminal": "boolean",
    "dockerLabels": {
     "map": "string"
    },
    "ulimits": {
     "list": {
      "of": "Ulimit"
     }
    },
    "logConfiguration": {
     "of": "LogConfiguration"
    },
    "healthCheck": {
     "of": "HealthCheck"
    },
    "systemControls": {
     "list": {
      "of": "SystemControl"
     }
    },
    "resourceRequirements": {
     "list": {
      "of": "ResourceRequirement"
     }
    },
    "firelensConfiguration": {
     "of": "FirelensConfiguration"
    },
    "credentialSpecs": {
     "list": "string"
    }
   },
   "RepositoryCredentials": {
    "credentialsParameter": "string"
   },
   "PortMapping": {
    "containerPort": "number",
    "hostPort": "number",
    "protocol": "string",
    "name": "string",
    "appProtocol": "string",
    "containerPortRange": "string"
   },
   "ContainerRestartPolicy": {
    "enabled": "boolean",
    "ignoredExitCodes": {
     "list": "number"
    },
    "restartAttemptPeriod": "number"
   },
   "KeyValuePair": {
    "name": "string",
    "value": "string"
   },
   "EnvironmentFile": {
    "value": "string",
    "type": "string"
   },
   "MountPoint": {
    "sourceVolume": "string",
    "containerPath": "string",
    "readOnly": "boolean"
   },
   "VolumeFrom": {
    "sourceContainer": "string",
    "readOnly": "boolean"
   },
   "LinuxParameters": {
    "capabilities": {
     "of": "KernelCapabilities"
    },
    "devices": {
     "list": {
      "of": "Device"
     }
    },
    "initProcessEnabled": "boolean",
    "sharedMemorySize": "number",
    "tmpfs": {
     "list": {
      "of": "Tmpfs"
     }
    },
    "maxSwap": "number",
    "swappiness": "number"
   },
   "KernelCapabilities": {
    "add": {
     "list": "string"
    },
    "drop": {
     "list": "string"
    }
   },
   "Device": {
    "hostPath": "string",
    "containerPath": "string",
    "permissions": {
     "list": "string"
    }
   },
   "Tmpfs": {
    "containerPath": "string",
    "size": "number",
    "mountOptions": {
     "list": "string"
    }
   },
   "Secret": {
    "name": "string",
    "valueFrom": "string"
   },
   "ContainerDependency": {
    "containerName": "string",
    "condition": "string"
   },
   "HostEntry": {
    "hostname": "string",
    "ipAddress": "string"
   },
   "Ulimit": {
    "name": "string",
    "softLimit": "number",
    "hardLimit": "number"
   },
   "LogConfiguration": {
    "logDriver": "string",
    "options": {
     "map": "string"
    },
    "secretOptions": {
     "list": {
      "of": "Secret"
     }
    }
   },
   "HealthCheck": {
    "command": {
     "list": "string"
    },
    "interval": "number",
    "timeout": "number",
    "retries": "number",
    "startPeriod": "number"
   },
   "SystemControl": {
    "namespace": "string",
    "value": "string"
   },
   "ResourceRequirement": {
    "type": "string",
    "value": "string",
    "sharingStrategy": {
     "of": "SharingStrategy"
    }
   },
   "SharingStrategy": {
    "nvidiaMps": {
     "of": "NvidiaMpsAllocation"
    }
   },
   "NvidiaMpsAllocation": {
    "memory": "number",
    "maxComputePercent": "number"
   },
   "FirelensConfiguration": {
    "type": "string",
    "options": {
     "map": "string"
    }
   },
   "Volume": {
    "name": "string",
    "host": {
     "of": "HostVolumeProperties"
    },
    "dockerVolumeConfiguration": {
     "of": "DockerVolumeConfiguration"
    },
    "efsVolumeConfiguration": {
     "of": "EFSVolumeConfiguration"
    },
    "s3filesVolumeConfiguration": {
     "of": "S3FilesVolumeConfiguration"
    },
    "fsxWindowsFileServerVolumeConfiguration": {
     "of": "FSxWindowsFileServerVolumeConfiguration"
    },
    "configuredAtLaunch": "boolean"
   },
   "HostVolumeProperties": {
    "sourcePath": "string"
   },
   "DockerVolumeConfiguration": {
    "scope": "string",
    "autoprovision": "boolean",
    "driver": "string",
    "driverOpts": {
     "map": "string"
    },
    "labels": {
     "map": "string"
    }
   },
   "EFSVolumeConfiguration": {
    "fileSystemId": "string",
    "rootDirectory": "string",
    "transitEncryption": "string",
    "transitEncryptionPort": "number",
    "authorizationConfig": {
     "of": "EFSAuthorizationConfig"
    }
   },
   "EFSAuthorizationConfig": {
    "accessPointId": "string",
    "iam": "string"
   },
   "S3FilesVolumeConfiguration": {
    "fileSystemArn": "string",
    "rootDirectory": "string",
    "transitEncryptionPort": "number",
    "accessPointArn": "string"
   },
   "FSxWindowsFileServerVolumeConfiguration": {
    "fileSystemId": "string",
    "rootDirectory": "string",
    "authorizationConfig": {
     "of": "FSxWindowsFileServerAuthorizationConfig"
    }
   },
   "FSxWindowsFileServerAuthorizationConfig": {
    "credentialsParameter": "string",
    "domain": "string"
   },
   "TaskDefinitionPlacementConstraint": {
    "type": "string",
    "expression": "string"
   },
   "Tag": {
    "key": "string",
    "value": "string"
   },
   "ProxyConfiguration": {
    "containerName": "string",
    "type": "string",
    "properties": {
     "list": {
      "of": "KeyValuePair"
     }
    }
   },
   "InferenceAccelerator": {
    "deviceName": "string",
    "deviceType": "string"
   },
   "EphemeralStorage": {
    "sizeInGiB": "number"
   },
   "RuntimePlatform": {
    "cpuArchitecture": "string",
    "operatingSystemFamily": "string"
   },
   "RunTaskRequest": {
    "taskDefinition": "string",
    "capacityProviderStrategy": {
     "list": {
      "of": "CapacityProviderStrategyItem"
     }
    },
    "cluster": "string",
    "count": "number",
    "enableECSManagedTags": "boolean",
    "enableExecuteCommand": "boolean",
    "group": "string",
    "launchType": "string",
    "networkConfiguration": {
     "of": "NetworkConfiguration"
    },
    "overrides": {
     "of": "TaskOverride"
    },
    "placementConstraints": {
     "list": {
      "of": "PlacementConstraint"
     }
    },
    "placementStrategy": {
     "list": {
      "of": "PlacementStrategy"
     }
    },
    "platformVersion": "string",
    "propagateTags": "string",
    "referenceId": "string",
    "startedBy": "string",
    "tags": {
     "list": {
      "of": "Tag"
     }
    },
    "clientToken": "string",
    "volumeConfigurations": {
     "list": {
      "of": "TaskVolumeConfiguration"
     }
    }
   },
   "CapacityProviderStrategyItem": {
    "capacityProvider": "string",
    "weight": "number",
    "base": "number"
   },
   "NetworkConfiguration": {
    "awsvpcConfiguration": {
     "of": "AwsVpcConfiguration"
    }
   },
   "AwsVpcConfiguration": {
    "subnets": {
     "list": "string"
    },
    "securityGroups": {
     "list": "string"
    },
    "assignPublicIp": "string"
   },
   "TaskOverride": {
    "containerOverrides": {
     "list": {
      "of": "ContainerOverride"
     }
    },
    "cpu": "string",
    "inferenceAcceleratorOverrides": {
     "list": {
      "of": "InferenceAcceleratorOverride"
     }
    },
    "executionRoleArn": "string",
    "memory": "string",
    "taskRoleArn": "string",
    "ephemeralStorage": {
     "of": "EphemeralStorage"
    }
   },
   "ContainerOverride": {
    "name": "string",
    "command": {
     "list": "string"
    },
    "environment": {
     "list": {
      "of": "KeyValuePair"
     }
    },
    "environmentFiles": {
     "list": {
      "of": "EnvironmentFile"
     }
    },
    "cpu": "number",
    "memory": "number",
    "memoryReservation": "number",
    "resourceRequirements": {
     "list": {
      "of": "ResourceRequirement"
     }
    }
   },
   "InferenceAcceleratorOverride": {
    "deviceName": "string",
    "deviceType": "string"
   },
   "PlacementConstraint": {
    "type": "string",
    "expression": "string"
   },
   "PlacementStrategy": {
    "type": "string",
    "field": "string"
   },
   "TaskVolumeConfiguration": {
    "name": "string",
    "managedEBSVolume": {
     "of": "TaskManagedEBSVolumeConfiguration"
    }
   },
   "TaskManagedEBSVolumeConfiguration": {
    "roleArn": "string",
    "encrypted": "boolean",
    "kmsKeyId": "string",
    "volumeType": "string",
    "sizeInGiB": "number",
    "snapshotId": "string",
    "volumeInitializationRate": "number",
    "iops": "number",
    "throughput": "number",
    "tagSpecifications": {
     "list": {
      "of": "EBSTagSpecification"
     }
    },
    "terminationPolicy": {
     "of": "TaskManagedEBSVolumeTerminationPolicy"
    },
    "filesystemType": "string"
   },
   "EBSTagSpecification": {
    "resourceType": "string",
    "tags": {
     "list": {
      "of": "Tag"
     }
    },
    "propagateTags": "string"
   },
   "TaskManagedEBSVolumeTerminationPolicy": {
    "deleteOnTermination": "boolean"
   },
   "StopServiceDeploymentRequest": {
    "serviceDeploymentArn": "string",
    "stopType": "string"
   },
   "StopTaskRequest": {
    "task": "string",
    "cluster": "string",
    "reason": "string"
   },
   "TagResourceRequest": {
    "resourceArn": "string",
    "tags": {
     "list": {
      "of": "Tag"
     }
    }
   },
   "UpdateClusterSettingsRequest": {
    "cluster": "string",
    "settings": {
     "list": {
      "of": "ClusterSetting"
     }
    }
   },
   "ClusterSetting": {
    "name": "string",
    "value": "string"
   },
   "UpdateContainerInstancesStateRequest": {
    "containerInstances": {
     "list": "string"
    },
    "status": "string",
    "cluster": "string"
   },
   "UpdateServiceRequest": {
    "service": "string",
    "cluster": "string",
    "desiredCount": "number",
    "taskDefinition": "string",
    "capacityProviderStrategy": {
     "list": {
      "of": "CapacityProviderStrategyItem"
     }
    },
    "deploymentConfiguration": {
     "of": "DeploymentConfiguration"
    },
    "availabilityZoneRebalancing": "string",
    "networkConfiguration": {
     "of": "NetworkConfiguration"
    },
    "placementConstraints": {
     "list": {
      "of": "PlacementConstraint"
     }
    },
    "placementStrategy": {
     "list": {
      "of": "PlacementStrategy"
     }
    },
    "platformVersion": "string",
    "forceNewDeployment": "boolean",
    "healthCheckGracePeriodSeconds": "number",
    "deploymentController": {
     "of": "DeploymentController"
    },
    "enableExecuteCommand": "boolean",
    "enableECSManagedTags": "boolean",
    "loadBalancers": {
     "list": {
      "of": "LoadBalancer"
     }
    },
    "propagateTags": "string",
    "serviceRegistries": {
     "list": {
      "of": "ServiceRegistry"
     }
    },
    "serviceConnectConfiguration": {
     "of": "ServiceConnectConfiguration"
    },
    "volumeConfigurations": {
     "list": {
      "of": "ServiceVolumeConfiguration"
     }
    },
    "vpcLatticeConfigurations": {
     "list": {
      "of": "VpcLatticeConfiguration"
     }
    },
    "gatewayConnectors": {
     "list": {
      "of": "GatewayConnector"
     }
    },
    "monitoring": {
     "of": "MonitoringConfiguration"
    }
   },
   "DeploymentConfiguration": {
    "deploymentCircuitBreaker": {
     "of": "DeploymentCircuitBreaker"
    },
    "maximumPercent": "number",
    "minimumHealthyPercent": "number",
    "alarms": {
     "of": "DeploymentAlarms"
    },
    "strategy": "string",
    "bakeTimeInMinutes": "number",
    "lifecycleHooks": {
     "list": {
      "of": "DeploymentLifecycleHook"
     }
    },
    "linearConfiguration": {
     "of": "LinearConfiguration"
    },
    "canaryConfiguration": {
     "of": "CanaryConfiguration"
    },
    "earlySuccessCriteria": {
     "of": "DeploymentEarlySuccessCriteria"
    }
   },
   "DeploymentCircuitBreaker": {
    "enable": "boolean",
    "rollback": "boolean",
    "resetOnHealthyTask": "boolean",
    "thresholdConfiguration": {
     "of": "ThresholdConfiguration"
    }
   },
   "ThresholdConfiguration": {
    "type": "string",
    "value": "number"
   },
   "DeploymentAlarms": {
    "alarmNames": {
     "list": "string"
    },
    "rollback": "boolean",
    "enable": "boolean"
   },
   "DeploymentLifecycleHook": {
    "targetType": "string",
    "hookTargetArn": "string",
    "roleArn": "string",
    "lifecycleStages": {
     "list": "string"
    },
    "hookDetails": "document",
    "timeoutConfiguration": {
     "of": "DeploymentLifecycleHookTimeoutConfiguration"
    }
   },
   "DeploymentLifecycleHookTimeoutConfiguration": {
    "timeoutInMinutes": "number",
    "action": "string"
   },
   "LinearConfiguration": {
    "stepPercent": "number",
    "stepBakeTimeInMinutes": "number"
   },
   "CanaryConfiguration": {
    "canaryPercent": "number",
    "canaryBakeTimeInMinutes": "number"
   },
   "DeploymentEarlySuccessCriteria": {
    "enable": "boolean",
    "healthyPercent": "number",
    "sourceServiceRevisionCleanup": "string"
   },
   "DeploymentController": {
    "type": "string"
   },
   "LoadBalancer": {
    "targetGroupArn": "string",
    "loadBalancerName": "string",
    "containerName": "string",
    "containerPort": "number",
    "advancedConfiguration": {
     "of": "AdvancedConfiguration"
    }
   },
   "AdvancedConfiguration": {
    "alternateTargetGroupArn": "string",
    "productionListenerRule": "string",
    "testListenerRule": "string",
    "roleArn": "string"
   },
   "ServiceRegistry": {
    "registryArn": "string",
    "port": "number",
    "containerName": "string",
    "containerPort": "number"
   },
   "ServiceConnectConfiguration": {
    "enabled": "boolean",
    "namespace": "string",
    "services": {
     "list": {
      "of": "ServiceConnectService"
     }
    },
    "logConfiguration": {
     "of": "LogConfiguration"
    },
    "accessLogConfiguration": {
     "of": "ServiceConnectAccessLogConfiguration"
    },
    "containerConfigurations": {
     "list": {
      "of": "ServiceConnectContainerConfiguration"
     }
    }
   },
   "ServiceConnectService": {
    "portName": "string",
    "discoveryName": "string",
    "clientAliases": {
     "list": {
      "of": "ServiceConnectClientAlias"
     }
    },
    "ingressPortOverride": "number",
    "timeout": {
     "of": "TimeoutConfiguration"
    },
    "tls": {
     "of": "ServiceConnectTlsConfiguration"
    }
   },
   "ServiceConnectClientAlias": {
    "port": "number",
    "dnsName": "string",
    "testTrafficRules": {
     "of": "ServiceConnectTestTrafficRules"
    }
   },
   "ServiceConnectTestTrafficRules": {
    "header": {
     "of": "ServiceConnectTestTrafficHeaderRules"
    }
   },
   "ServiceConnectTestTrafficHeaderRules": {
    "name": "string",
    "value": {
     "of": "ServiceConnectTestTrafficHeaderMatchRules"
    }
   },
   "ServiceConnectTestTrafficHeaderMatchRules": {
    "exact": "string"
   },
   "TimeoutConfiguration": {
    "idleTimeoutSeconds": "number",
    "perRequestTimeoutSeconds": "number"
   },
   "ServiceConnectTlsConfiguration": {
    "issuerCertificateAuthority": {
     "of": "ServiceConnectTlsCertificateAuthority"
    },
    "kmsKey": "string",
    "roleArn": "string"
   },
   "ServiceConnectTlsCertificateAuthority": {
    "awsPcaAuthorityArn": "string"
   },
   "ServiceConnectAccessLogConfiguration": {
    "format": "string",
    "includeQueryParameters": "string"
   },
   "ServiceConnectContainerConfiguration": {
    "logLevel": "string"
   },
   "ServiceVolumeConfiguration": {
    "name": "string",
    "managedEBSVolume": {
     "of": "ServiceManagedEBSVolumeConfiguration"
    }
   },
   "ServiceManagedEBSVolumeConfiguration": {
    "roleArn": "string",
    "encrypted": "boolean",
    "kmsKeyId": "string",
    "volumeType": "string",
    "sizeInGiB": "number",
    "snapshotId": "string",
    "volumeInitializationRate": "number",
    "iops": "number",
    "throughput": "number",
    "tagSpecifications": {
     "list": {
      "of": "EBSTagSpecification"
     }
    },
    "filesystemType": "string"
   },
   "VpcLatticeConfiguration": {
    "roleArn": "string",
    "targetGroupArn": "string",
    "portName": "string",
    "advancedConfiguration": {
     "of": "VpcLatticeAdvancedConfiguration"
    }
   },
   "VpcLatticeAdvancedConfiguration": {
    "alternateTargetGroupArn": "string",
    "productionListenerRule": "string",
    "testListenerRule": "string"
   },
   "GatewayConnector": {
    "portName": "string",
    "healthCheck": {
     "of": "GatewayConnectorHealthCheck"
    },
    "filters": {
     "of": "GatewayConnectorFilters"
    }
   },
   "GatewayConnectorHealthCheck": {
    "healthCheckProtocol": "string",
    "healthCheckPort": "number",
    "healthCheckPath": "string",
    "healthCheckTimeoutSeconds": "number",
    "healthCheckIntervalSeconds": "number",
    "healthyThresholdCount": "number",
    "unhealthyThresholdCount": "number",
    "matcher": {
     "of": "GatewayConnectorHealthCheckMatcher"
    }
   },
   "GatewayConnectorHealthCheckMatcher": {
    "httpCode": "string",
    "grpcCode": "string"
   },
   "GatewayConnectorFilters": {
    "accessTypes": {
     "list": "string"
    }
   },
   "MonitoringConfiguration": {
    "metricConfigurations": {
     "list": {
      "of": "MetricConfiguration"
     }
    }
   },
   "MetricConfiguration": {
    "metricNames": {
     "list": "string"
    },
    "resolutionSeconds": "number"
   },
   "UpdateTaskProtectionRequest": {
    "cluster": "string",
    "tasks": {
     "list": "string"
    },
    "protectionEnabled": "boolean",
    "expiresInMinutes": "number"
   }
  }
 },
 "elasticloadbalancing": {
  "operations": {
   "DeregisterTargets": "DeregisterTargetsInput",
   "DescribeTargetGroupAttributes": "DescribeTargetGroupAttributesInput",
   "DescribeTargetGroups": "DescribeTargetGroupsInput",
   "DescribeTargetHealth": "DescribeTargetHealthInput",
   "RegisterTargets": "RegisterTargetsInput"
  },
  "structures": {
   "DeregisterTargetsInput": {
    "TargetGroupArn": "string",
    "Targets": {
     "list": {
      "of": "TargetDescription"
     }
    }
   },
   "TargetDescription": {
    "Id": "string",
    "Port": "number",
    "AvailabilityZone": "string",
    "QuicServerId": "string"
   },
   "DescribeTargetGroupAttributesInput": {
    "TargetGroupArn": "string"
   },
   "DescribeTargetGroupsInput": {
    "LoadBalancerArn": "string",
    "TargetGroupArns": {
     "list": "string"
    },
    "Names": {
     "list": "string"
    },
    "Marker": "string",
    "PageSize": "number"
   },
   "DescribeTargetHealthInput": {
    "TargetGroupArn": "string",
    "Targets": {
     "list": {
      "of": "TargetDescription"
     }
    },
    "Include": {
     "list": "string"
    }
   },
   "RegisterTargetsInput": {
    "TargetGroupArn": "string",
    "Targets": {
     "list": {
      "of": "TargetDescription"
     }
    }
   }
  }
 },
 "events": {
  "operations": {
   "DescribeRule": "DescribeRuleRequest",
   "ListEventBuses": "ListEventBusesRequest",
   "ListRuleNamesByTarget": "ListRuleNamesByTargetRequest",
   "ListRules": "ListRulesRequest",
   "ListTargetsByRule": "ListTargetsByRuleRequest",
   "PutEvents": "PutEventsRequest",
   "TestEventPattern": "TestEventPatternRequest"
  },
  "structures": {
   "DescribeRuleRequest": {
    "Name": "string",
    "EventBusName": "string"
   },
   "ListEventBusesRequest": {
    "NamePrefix": "string",
    "NextToken": "string",
    "Limit": "number"
   },
   "ListRuleNamesByTargetRequest": {
    "TargetArn": "string",
    "EventBusName": "string",
    "NextToken": "string",
    "Limit": "number"
   },
   "ListRulesRequest": {
    "NamePrefix": "string",
    "EventBusName": "string",
    "NextToken": "string",
    "Limit": "number"
   },
   "ListTargetsByRuleRequest": {
    "Rule": "string",
    "EventBusName": "string",
    "NextToken": "string",
    "Limit": "number"
   },
   "PutEventsRequest": {
    "Entries": {
     "list": {
      "of": "PutEventsRequestEntry"
     }
    },
    "EndpointId": "string"
   },
   "PutEventsRequestEntry": {
    "Time": "time",
    "Source": "string",
    "Resources": {
     "list": "string"
    },
    "DetailType": "string",
    "Detail": "string",
    "EventBusName": "string",
    "TraceHeader": "string"
   },
   "TestEventPatternRequest": {
    "EventPattern": "string",
    "Event": "string"
   }
  }
 },
 "iam": {
  "operations": {
   "DeleteRolePermissionsBoundary": "DeleteRolePermissionsBoundaryRequest",
   "DeleteRolePolicy": "DeleteRolePolicyRequest",
   "GetAccessKeyLastUsed": "GetAccessKeyLastUsedRequest",
   "GetInstanceProfile": "GetInstanceProfileRequest",
   "GetPolicy": "GetPolicyRequest",
   "GetPolicyVersion": "GetPolicyVersionRequest",
   "GetRole": "GetRoleRequest",
   "GetRolePolicy": "GetRolePolicyRequest",
   "GetUser": "GetUserRequest",
   "ListAccessKeys": "ListAccessKeysRequest",
   "ListAttachedRolePolicies": "ListAttachedRolePoliciesRequest",
   "ListInstanceProfilesForRole": "ListInstanceProfilesForRoleRequest",
   "ListRolePolicies": "ListRolePoliciesRequest",
   "ListRoles": "ListRolesRequest",
   "ListUsers": "ListUsersRequest",
   "PutRolePermissionsBoundary": "PutRolePermissionsBoundaryRequest",
   "PutRolePolicy": "PutRolePolicyRequest",
   "SimulatePrincipalPolicy": "SimulatePrincipalPolicyRequest",
   "UpdateAccessKey": "UpdateAccessKeyRequest"
  },
  "structures": {
   "DeleteRolePermissionsBoundaryRequest": {
    "RoleName": "string"
   },
   "DeleteRolePolicyRequest": {
    "RoleName": "string",
    "PolicyName": "string"
   },
   "GetAccessKeyLastUsedRequest": {
    "AccessKeyId": "string"
   },
   "GetInstanceProfileRequest": {
    "InstanceProfileName": "string"
   },
   "GetPolicyRequest": {
    "PolicyArn": "string"
   },
   "GetPolicyVersionRequest": {
    "PolicyArn": "string",
    "VersionId": "string"
   },
   "GetRoleRequest": {
    "RoleName": "string"
   },
   "GetRolePolicyRequest": {
    "RoleName": "string",
    "PolicyName": "string"
   },
   "GetUserRequest": {
    "UserName": "string"
   },
   "ListAccessKeysRequest": {
    "UserName": "string",
    "Marker": "string",
    "MaxItems": "number"
   },
   "ListAttachedRolePoliciesRequest": {
    "RoleName": "string",
    "PathPrefix": "string",
    "Marker": "string",
    "MaxItems": "number"
   },
   "ListInstanceProfilesForRoleRequest": {
    "RoleName": "string",
    "Marker": "string",
    "MaxItems": "number"
   },
   "ListRolePoliciesRequest": {
    "RoleName": "string",
    "Marker": "string",
    "MaxItems": "number"
   },
   "ListRolesRequest": {
    "PathPrefix": "string",
    "Marker": "string",
    "MaxItems": "number"
   },
   "ListUsersRequest": {
    "PathPrefix": "string",
    "Marker": "string",
    "MaxItems": "number"
   },
   "PutRolePermissionsBoundaryRequest": {
    "RoleName": "string",
    "PermissionsBoundary": "string"
   },
   "PutRolePolicyRequest": {
    "RoleName": "string",
    "PolicyName": "string",
    "PolicyDocument": "string"
   },
   "SimulatePrincipalPolicyRequest": {
    "PolicySourceArn": "string",
    "ActionNames": {
     "list": "string"
    },
    "PolicyInputList": {
     "list": "string"
    },
    "PermissionsBoundaryPolicyInputList": {
     "list": "string"
    },
    "PolicyExclusionList": {
     "list": {
      "of": "PolicyIdentifier"
     }
    },
    "ResourceArns": {
     "list": "string"
    },
    "ResourcePolicy": "string",
    "ResourceOwner": "string",
    "CallerArn": "string",
    "ContextEntries": {
     "list": {
      "of": "ContextEntry"
     }
    },
    "ResourceHandlingOption": "string",
    "MaxItems": "number",
    "Marker": "string"
   },
   "PolicyIdentifier": {
    "PolicyType": "string",
    "PolicyArn": "string",
    "InlinePolicyIdentifier": {
     "of": "InlinePolicyIdentifierType"
    }
   },
   "InlinePolicyIdentifierType": {
    "PolicyName": "string",
    "AttachmentType": "string",
    "AttachmentName": "string"
   },
   "ContextEntry": {
    "ContextKeyName": "string",
    "ContextKeyValues": {
     "list": "string"
    },
    "ContextKeyType": "string"
   },
   "UpdateAccessKeyRequest": {
    "AccessKeyId": "string",
    "Status": "string",
    "UserName": "string"
   }
  }
 },
 "logs": {
  "operations": {
   "CreateLogStream": "CreateLogStreamRequest",
   "DescribeLogGroups": "DescribeLogGroupsRequest",
   "DescribeLogStreams": "DescribeLogStreamsRequest",
   "FilterLogEvents": "FilterLogEventsRequest",
   "GetLogEvents": "GetLogEventsRequest",
   "PutLogEvents": "PutLogEventsRequest"
  },
  "structures": {
   "CreateLogStreamRequest": {
    "logGroupName": "string",
    "logStreamName": "string"
   },
   "DescribeLogGroupsRequest": {
    "accountIdentifiers": {
     "list": "string"
    },
    "logGroupNamePrefix": "string",
    "logGroupNamePattern": "string",
    "nextToken": "string",
    "limit": "number",
    "includeLinkedAccounts": "boolean",
    "logGroupClass": "string",
    "logGroupIdentifiers": {
     "list": "string"
    }
   },
   "DescribeLogStreamsRequest": {
    "logGroupName": "string",
    "logGroupIdentifier": "string",
    "logStreamNamePrefix": "string",
    "orderBy": "string",
    "descending": "boolean",
    "nextToken": "string",
    "limit": "number"
   },
   "FilterLogEventsRequest": {
    "logGroupName": "string",
    "logGroupIdentifier": "string",
    "logStreamNames": {
     "list": "string"
    },
    "logStreamNamePrefix": "string",
    "startTime": "number",
    "endTime": "number",
    "filterPattern": "string",
    "nextToken": "string",
    "limit": "number",
    "startFromHead": "boolean",
    "interleaved": "boolean",
    "unmask": "boolean"
   },
   "GetLogEventsRequest": {
    "logStreamName": "string",
    "logGroupName": "string",
    "logGroupIdentifier": "string",
    "startTime": "number",
    "endTime": "number",
    "nextToken": "string",
    "limit": "number",
    "startFromHead": "boolean",
    "unmask": "boolean"
   },
   "PutLogEventsRequest": {
    "logGroupName": "string",
    "logStreamName": "string",
    "logEvents": {
     "list": {
      "of": "InputLogEvent"
     }
    },
    "sequenceToken": "string",
    "entity": {
     "of": "Entity"
    }
   },
   "InputLogEvent": {
    "timestamp": "number",
    "message": "string"
   },
   "Entity": {
    "keyAttributes": {
     "map": "string"
    },
    "attributes": {
     "map": "string"
    }
   }
  }
 },
 "monitoring": {
  "operations": {
   "DescribeAlarms": "DescribeAlarmsInput",
   "GetMetricStatistics": "GetMetricStatisticsInput"
  },
  "structures": {
   "DescribeAlarmsInput": {
    "AlarmNames": {
     "list": "string"
    },
    "AlarmNamePrefix": "string",
    "AlarmTypes": {
     "list": "string"
    },
    "ChildrenOfAlarmName": "string",
    "ParentsOfAlarmName": "string",
    "StateValue": "string",
    "ActionPrefix": "string",
    "MaxRecords": "number",
    "NextToken": "string"
   },
   "GetMetricStatisticsInput": {
    "Namespace": "string",
    "MetricName": "string",
    "StartTime": "time",
    "EndTime": "time",
    "Period": "number",
    "Dimensions": {
     "list": {
      "of": "Dimension"
     }
    },
    "Statistics": {
     "list": "string"
    },
    "ExtendedStatistics": {
     "list": "string"
    },
    "Unit": "string"
   },
   "Dimension": {
    "Name": "string",
    "Value": "string"
   }
  }
 },
 "secretsmanager": {
  "operations": {
   "DescribeSecret": "DescribeSecretRequest",
   "ListSecretVersionIds": "ListSecretVersionIdsRequest",
   "RotateSecret": "RotateSecretRequest"
  },
  "structures": {
   "DescribeSecretRequest": {
    "SecretId": "string"
   },
   "ListSecretVersionIdsRequest": {
    "SecretId": "string",
    "MaxResults": "number",
    "NextToken": "string",
    "IncludeDeprecated": "boolean"
   },
   "RotateSecretRequest": {
    "SecretId": "string",
    "ClientRequestToken": "string",
    "RotationLambdaARN": "string",
    "RotationRules": {
     "of": "RotationRulesType"
    },
    "ExternalSecretRotationMetadata": {
     "list": {
      "of": "ExternalSecretRotationMetadataItem"
     }
    },
    "ExternalSecretRotationRoleArn": "string",
    "RotateImmediately": "boolean"
   },
   "RotationRulesType": {
    "AutomaticallyAfterDays": "number",
    "Duration": "string",
    "ScheduleExpression": "string"
   },
   "ExternalSecretRotationMetadataItem": {
    "Key": "string",
    "Value": "string"
   }
  }
 },
 "sns": {
  "operations": {
   "GetTopicAttributes": "GetTopicAttributesInput",
   "ListSubscriptions": "ListSubscriptionsInput",
   "ListSubscriptionsByTopic": "ListSubscriptionsByTopicInput",
   "ListTopics": "ListTopicsInput",
   "Publish": "PublishInput"
  },
  "structures": {
   "GetTopicAttributesInput": {
    "TopicArn": "string"
   },
   "ListSubscriptionsInput": {
    "NextToken": "string"
   },
   "ListSubscriptionsByTopicInput": {
    "TopicArn": "string",
    "NextToken": "string"
   },
   "ListTopicsInput": {
    "NextToken": "string"
   },
   "PublishInput": {
    "Message": "string",
    "TopicArn": "string",
    "TargetArn": "string",
    "PhoneNumber": "string",
    "Subject": "string",
    "MessageStructure": "string",
    "MessageAttributes": {
     "map": {
      "of": "MessageAttributeValue"
     }
    },
    "MessageDeduplicationId": "string",
    "MessageGroupId": "string"
   },
   "MessageAttributeValue": {
    "DataType": "string",
    "StringValue": "string",
    "BinaryValue": "blob"
   }
  }
 },
 "sqs": {
  "operations": {
   "ChangeMessageVisibility": "ChangeMessageVisibilityRequest",
   "DeleteMessage": "DeleteMessageRequest",
   "DeleteMessageBatch": "DeleteMessageBatchRequest",
   "GetQueueAttributes": "GetQueueAttributesRequest",
   "GetQueueUrl": "GetQueueUrlRequest",
   "ListQueues": "ListQueuesRequest",
   "PurgeQueue": "PurgeQueueRequest",
   "ReceiveMessage": "ReceiveMessageRequest",
   "SendMessage": "SendMessageRequest",
   "SendMessageBatch": "SendMessageBatchRequest"
  },
  "structures": {
   "ChangeMessageVisibilityRequest": {
    "QueueUrl": "string",
    "ReceiptHandle": "string",
    "VisibilityTimeout": "number"
   },
   "DeleteMessageRequest": {
    "QueueUrl": "string",
    "ReceiptHandle": "string"
   },
   "DeleteMessageBatchRequest": {
    "QueueUrl": "string",
    "Entries": {
     "list": {
      "of": "DeleteMessageBatchRequestEntry"
     }
    }
   },
   "DeleteMessageBatchRequestEntry": {
    "Id": "string",
    "ReceiptHandle": "string"
   },
   "GetQueueAttributesRequest": {
    "QueueUrl": "string",
    "AttributeNames": {
     "list": "string"
    }
   },
   "GetQueueUrlRequest": {
    "QueueName": "string",
    "QueueOwnerAWSAccountId": "string"
   },
   "ListQueuesRequest": {
    "QueueNamePrefix": "string",
    "NextToken": "string",
    "MaxResults": "number"
   },
   "PurgeQueueRequest": {
    "QueueUrl": "string"
   },
   "ReceiveMessageRequest": {
    "QueueUrl": "string",
    "AttributeNames": {
     "list": "string"
    },
    "MessageSystemAttributeNames": {
     "list": "string"
    },
    "MessageAttributeNames": {
     "list": "string"
    },
    "MaxNumberOfMessages": "number",
    "VisibilityTimeout": "number",
    "WaitTimeSeconds": "number",
    "ReceiveRequestAttemptId": "string"
   },
   "SendMessageRequest": {
    "QueueUrl": "string",
    "MessageBody": "string",
    "DelaySeconds": "number",
    "MessageAttributes": {
     "map": {
      "of": "MessageAttributeValue"
     }
    },
    "MessageSystemAttributes": {
     "map": {
      "of": "MessageSystemAttributeValue"
     }
    },
    "MessageDeduplicationId": "string",
    "MessageGroupId": "string"
   },
   "MessageAttributeValue": {
    "DataType": "string",
    "StringValue": "string",
    "BinaryValue": "blob",
    "StringListValues": {
     "list": "string"
    },
    "BinaryListValues": {
     "list": "blob"
    }
   },
   "MessageSystemAttributeValue": {
    "DataType": "string",
    "StringValue": "string",
    "BinaryValue": "blob",
    "StringListValues": {
     "list": "string"
    },
    "BinaryListValues": {
     "list": "blob"
    }
   },
   "SendMessageBatchRequest": {
    "QueueUrl": "string",
    "Entries": {
     "list": {
      "of": "SendMessageBatchRequestEntry"
     }
    }
   },
   "SendMessageBatchRequestEntry": {
    "Id": "string",
    "MessageBody": "string",
    "DelaySeconds": "number",
    "MessageAttributes": {
     "map": {
      "of": "MessageAttributeValue"
     }
    },
    "MessageSystemAttributes": {
     "map": {
      "of": "MessageSystemAttributeValue"
     }
    },
    "MessageDeduplicationId": "string",
    "MessageGroupId": "string"
   }
  }
 },
 "ssm": {
  "operations": {
   "CancelCommand": "CancelCommandRequest",
   "DeleteParameter": "DeleteParameterRequest",
   "DescribeAssociation": "DescribeAssociationRequest",
   "DescribeAssociationExecutionTargets": "DescribeAssociationExecutionTargetsRequest",
   "DescribeAssociationExecutions": "DescribeAssociationExecutionsRequest",
   "DescribeInstanceAssociationsStatus": "DescribeInstanceAssociationsStatusRequest",
   "DescribeInstanceInformation": "DescribeInstanceInformationRequest",
   "DescribeInstancePatchStates": "DescribeInstancePatchStatesRequest",
   "DescribeInstancePatches": "DescribeInstancePatchesRequest",
   "DescribeParameters": "DescribeParametersRequest",
   "GetCommandInvocation": "GetCommandInvocationRequest",
   "GetParameter": "GetParameterRequest",
   "GetParameters": "GetParametersRequest",
   "GetParametersByPath": "GetParametersByPathRequest",
   "LabelParameterVersion": "LabelParameterVersionRequest",
   "ListAssociations": "ListAssociationsRequest",
   "ListCommandInvocations": "ListCommandInvocationsRequest",
   "ListCommands": "ListCommandsRequest",
   "ListComplianceItems": "ListComplianceItemsRequest",
   "ListResourceComplianceSummaries": "ListResourceComplianceSummariesRequest",
   "PutParameter": "PutParameterRequest",
   "SendCommand": "SendCommandRequest",
   "StartAssociationsOnce": "StartAssociationsOnceRequest"
  },
  "structures": {
   "CancelCommandRequest": {
    "CommandId": "string",
    "InstanceIds": {
     "list": "string"
    }
   },
   "DeleteParameterRequest": {
    "Name": "string"
   },
   "DescribeAssociationRequest": {
    "Name": "string",
    "InstanceId": "string",
    "AssociationId": "string",
    "AssociationVersion": "string"
   },
   "DescribeAssociationExecutionTargetsRequest": {
    "AssociationId": "string",
    "ExecutionId": "string",
    "Filters": {
     "list": {
      "of": "AssociationExecutionTargetsFilter"
     }
    },
    "MaxResults": "number",
    "NextToken": "string"
   },
   "AssociationExecutionTargetsFilter": {
    "Key": "string",
    "Value": "string"
   },
   "DescribeAssociationExecutionsRequest": {
    "AssociationId": "string",
    "Filters": {
     "list": {
      "of": "AssociationExecutionFilter"
     }
    },
    "MaxResults": "number",
    "NextToken": "string"
   },
   "AssociationExecutionFilter": {
    "Key": "string",
    "Value": "string",
    "Type": "string"
   },
   "DescribeInstanceAssociationsStatusRequest": {
    "InstanceId": "string",
    "MaxResults": "number",
    "NextToken": "string"
   },
   "DescribeInstanceInformationRequest": {
    "InstanceInformationFilterList": {
     "list": {
      "of": "InstanceInformationFilter"
     }
    },
    "Filters": {
     "list": {
      "of": "InstanceInformationStringFilter"
     }
    },
    "MaxResults": "number",
    "NextToken": "string"
   },
   "InstanceInformationFilter": {
    "key": "string",
    "valueSet": {
     "list": "string"
    }
   },
   "InstanceInformationStringFilter": {
    "Key": "string",
    "Values": {
     "list": "string"
    }
   },
   "DescribeInstancePatchStatesRequest": {
    "InstanceIds": {
     "list": "string"
    },
    "NextToken": "string",
    "MaxResults": "number"
   },
   "DescribeInstancePatchesRequest": {
    "InstanceId": "string",
    "Filters": {
     "list": {
      "of": "PatchOrchestratorFilter"
     }
    },
    "NextToken": "string",
    "MaxResults": "number"
   },
   "PatchOrchestratorFilter": {
    "Key": "string",
    "Values": {
     "list": "string"
    }
   },
   "DescribeParametersRequest": {
    "Filters": {
     "list": {
      "of": "ParametersFilter"
     }
    },
    "ParameterFilters": {
     "list": {
      "of": "ParameterStringFilter"
     }
    },
    "MaxResults": "number",
    "NextToken": "string",
    "Shared": "boolean"
   },
   "ParametersFilter": {
    "Key": "string",
    "Values": {
     "list": "string"
    }
   },
   "ParameterStringFilter": {
    "Key": "string",
    "Option": "string",
    "Values": {
     "list": "string"
    }
   },
   "GetCommandInvocationRequest": {
    "CommandId": "string",
    "InstanceId": "string",
    "PluginName": "string"
   },
   "GetParameterRequest": {
    "Name": "string",
    "WithDecryption": "boolean"
   },
   "GetParametersRequest": {
    "Names": {
     "list": "string"
    },
    "WithDecryption": "boolean"
   },
   "GetParametersByPathRequest": {
    "Path": "string",
    "Recursive": "boolean",
    "ParameterFilters": {
     "list": {
      "of": "ParameterStringFilter"
     }
    },
    "WithDecryption": "boolean",
    "MaxResults": "number",
    "NextToken": "string"
   },
   "LabelParameterVersionRequest": {
    "Name": "string",
    "Labels": {
     "list": "string"
    },
    "ParameterVersion": "number"
   },
   "ListAssociationsRequest": {
    "AssociationFilterList": {
     "list": {
      "of": "AssociationFilter"
     }
    },
    "MaxResults": "number",
    "NextToken": "string"
   },
   "AssociationFilter": {
    "key": "string",
    "value": "string"
   },
   "ListCommandInvocationsRequest": {
    "CommandId": "string",
    "InstanceId": "string",
    "MaxResults": "number",
    "NextToken": "string",
    "Filters": {
     "list": {
      "of": "CommandFilter"
     }
    },
    "Details": "boolean"
   },
   "CommandFilter": {
    "key": "string",
    "value": "string"
   },
   "ListCommandsRequest": {
    "CommandId": "string",
    "InstanceId": "string",
    "MaxResults": "number",
    "NextToken": "string",
    "Filters": {
     "list": {
      "of": "CommandFilter"
     }
    }
   },
   "ListComplianceItemsRequest": {
    "Filters": {
     "list": {
      "of": "ComplianceStringFilter"
     }
    },
    "ResourceIds": {
     "list": "string"
    },
    "ResourceTypes": {
     "list": "string"
    },
    "NextToken": "string",
    "MaxResults": "number"
   },
   "ComplianceStringFilter": {
    "Key": "string",
    "Values": {
     "list": "string"
    },
    "Type": "string"
   },
   "ListResourceComplianceSummariesRequest": {
    "Filters": {
     "list": {
      "of": "ComplianceStringFilter"
     }
    },
    "NextToken": "string",
    "MaxResults": "number"
   },
   "PutParameterRequest": {
    "Name": "string",
    "Value": "string",
    "Description": "string",
    "Type": "string",
    "KeyId": "string",
    "Overwrite": "boolean",
    "AllowedPattern": "string",
    "Tags": {
     "list": {
      "of": "Tag"
     }
    },
    "Tier": "string",
    "Policies": "string",
    "DataType": "string"
   },
   "Tag": {
    "Key": "string",
    "Value": "string"
   },
   "SendCommandRequest": {
    "DocumentName": "string",
    "InstanceIds": {
     "list": "string"
    },
    "Targets": {
     "list": {
      "of": "Target"
     }
    },
    "DocumentVersion": "string",
    "DocumentHash": "string",
    "DocumentHashType": "string",
    "TimeoutSeconds": "number",
    "Comment": "string",
    "Parameters": {
     "map": {
      "list": "string"
     }
    },
    "OutputS3Region": "string",
    "OutputS3BucketName": "string",
    "OutputS3KeyPrefix": "string",
    "MaxConcurrency": "string",
    "MaxErrors": "string",
    "ServiceRoleArn": "string",
    "NotificationConfig": {
     "of": "NotificationConfig"
    },
    "CloudWatchOutputConfig": {
     "of": "CloudWatchOutputConfig"
    },
    "AlarmConfiguration": {
     "of": "AlarmConfiguration"
    }
   },
   "Target": {
    "Key": "string",
    "Values": {
     "list": "string"
    }
   },
   "NotificationConfig": {
    "NotificationArn": "string",
    "NotificationEvents": {
     "list": "string"
    },
    "NotificationType": "string"
   },
   "CloudWatchOutputConfig": {
    "CloudWatchLogGroupName": "string",
    "CloudWatchOutputEnabled": "boolean"
   },
   "AlarmConfiguration": {
    "Alarms": {
     "list": {
      "of": "Alarm"
     }
    },
    "IgnorePollAlarmFailure": "boolean"
   },
   "Alarm": {
    "Name": "string"
   },
   "StartAssociationsOnceRequest": {
    "AssociationIds": {
     "list": "string"
    }
   }
  }
 },
 "states": {
  "operations": {
   "DescribeExecution": "DescribeExecutionInput",
   "DescribeStateMachine": "DescribeStateMachineInput",
   "GetExecutionHistory": "GetExecutionHistoryInput",
   "ListExecutions": "ListExecutionsInput",
   "ListStateMachines": "ListStateMachinesInput",
   "SendTaskFailure": "SendTaskFailureInput",
   "SendTaskHeartbeat": "SendTaskHeartbeatInput",
   "SendTaskSuccess": "SendTaskSuccessInput",
   "StartExecution": "StartExecutionInput",
   "StopExecution": "StopExecutionInput"
  },
  "structures": {
   "DescribeExecutionInput": {
    "executionArn": "string",
    "includedData": "string"
   },
   "DescribeStateMachineInput": {
    "stateMachineArn": "string",
    "includedData": "string"
   },
   "GetExecutionHistoryInput": {
    "executionArn": "string",
    "maxResults": "number",
    "reverseOrder": "boolean",
    "nextToken": "string",
    "includeExecutionData": "boolean"
   },
   "ListExecutionsInput": {
    "stateMachineArn": "string",
    "statusFilter": "string",
    "maxResults": "number",
    "nextToken": "string",
    "mapRunArn": "string",
    "redriveFilter": "string"
   },
   "ListStateMachinesInput": {
    "maxResults": "number",
    "nextToken": "string"
   },
   "SendTaskFailureInput": {
    "taskToken": "string",
    "error": "string",
    "cause": "string"
   },
   "SendTaskHeartbeatInput": {
    "taskToken": "string"
   },
   "SendTaskSuccessInput": {
    "taskToken": "string",
    "output": "string"
   },
   "StartExecutionInput": {
    "stateMachineArn": "string",
    "name": "string",
    "input": "string",
    "traceHeader": "string"
   },
   "StopExecutionInput": {
    "executionArn": "string",
    "error": "string",
    "cause": "string"
   }
  }
 },
 "sts": {
  "operations": {
   "AssumeRole": "AssumeRoleRequest",
   "GetCallerIdentity": "GetCallerIdentityRequest"
  },
  "structures": {
   "AssumeRoleRequest": {
    "RoleArn": "string",
    "RoleSessionName": "string",
    "PolicyArns": {
     "list": {
      "of": "PolicyDescriptorType"
     }
    },
    "Policy": "string",
    "DurationSeconds": "number",
    "Tags": {
     "list": {
      "of": "Tag"
     }
    },
    "TransitiveTagKeys": {
     "list": "string"
    },
    "ExternalId": "string",
    "SerialNumber": "string",
    "TokenCode": "string",
    "SourceIdentity": "string",
    "ProvidedContexts": {
     "list": {
      "of": "ProvidedContext"
     }
    },
    "MinimumSessionTokenSize": "number"
   },
   "PolicyDescriptorType": {
    "arn": "string"
   },
   "Tag": {
    "Key": "string",
    "Value": "string"
   },
   "ProvidedContext": {
    "ProviderArn": "string",
    "ContextAssertion": "string"
   },
   "GetCallerIdentityRequest": {}
  }
 },
 "wafv2": {
  "operations": {
   "GetIPSet": "GetIPSetRequest",
   "ListIPSets": "ListIPSetsRequest",
   "ListTagsForResource": "ListTagsForResourceRequest",
   "UpdateIPSet": "UpdateIPSetRequest"
  },
  "structures": {
   "GetIPSetRequest": {
    "Name": "string",
    "Scope": "string",
    "Id": "string"
   },
   "ListIPSetsRequest": {
    "Scope": "string",
    "NextMarker": "string",
    "Limit": "number"
   },
   "ListTagsForResourceRequest": {
    "ResourceARN": "string",
    "NextMarker": "string",
    "Limit": "number"
   },
   "UpdateIPSetRequest": {
    "Name": "string",
    "Scope": "string",
    "Id": "string",
    "Addresses": {
     "list": "string"
    },
    "LockToken": "string",
    "Description": "string"
   }
  }
 }
};
