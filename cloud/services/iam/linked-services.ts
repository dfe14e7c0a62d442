/** The services that people make service-linked roles for, with the role's name and AWS's policy for it. */
export interface LinkedService {
  /** What follows `AWSServiceRoleFor`. */
  readonly role: string;
  /** The policy's name under `/aws-service-role/`. */
  readonly policy: string;
  readonly description?: string;
  /** Whether the service may have several, told apart by a suffix. */
  readonly takesSuffix?: true;
}

/** By service principal (the services' user guides, "Using service-linked roles"). */
export const linkedServices: Readonly<Record<string, LinkedService>> = {
  'access-analyzer.amazonaws.com': { role: 'AccessAnalyzer', policy: 'AccessAnalyzerServiceRolePolicy' },
  'autoscaling.amazonaws.com': {
    role: 'AutoScaling',
    policy: 'AutoScalingServiceRolePolicy',
    description:
      'Default Service-Linked Role enables access to AWS Services and Resources used or managed by Auto Scaling',
    takesSuffix: true,
  },
  'backup.amazonaws.com': { role: 'Backup', policy: 'AWSBackupServiceLinkedRolePolicyForBackup' },
  'batch.amazonaws.com': { role: 'Batch', policy: 'BatchServiceRolePolicy' },
  'cloudtrail.amazonaws.com': { role: 'CloudTrail', policy: 'CloudTrailServiceRolePolicy' },
  'config.amazonaws.com': { role: 'Config', policy: 'AWSConfigServiceRolePolicy' },
  'dynamodb.application-autoscaling.amazonaws.com': {
    role: 'ApplicationAutoScaling_DynamoDBTable',
    policy: 'AWSApplicationAutoscalingDynamoDBTablePolicy',
  },
  'ec2fleet.amazonaws.com': { role: 'EC2Fleet', policy: 'AWSEC2FleetServiceRolePolicy' },
  'ecs.amazonaws.com': {
    role: 'ECS',
    policy: 'AmazonECSServiceRolePolicy',
    description: 'Role to enable Amazon ECS to manage your cluster.',
  },
  'ecs.application-autoscaling.amazonaws.com': {
    role: 'ApplicationAutoScaling_ECSService',
    policy: 'AWSApplicationAutoscalingECSServicePolicy',
  },
  'eks.amazonaws.com': { role: 'AmazonEKS', policy: 'AmazonEKSServiceRolePolicy' },
  'eks-nodegroup.amazonaws.com': { role: 'AmazonEKSNodegroup', policy: 'AWSServiceRoleForAmazonEKSNodegroup' },
  'elasticache.amazonaws.com': { role: 'ElastiCache', policy: 'ElastiCacheServiceRolePolicy' },
  'elasticbeanstalk.amazonaws.com': { role: 'ElasticBeanstalk', policy: 'AWSElasticBeanstalkServiceRolePolicy' },
  'elasticloadbalancing.amazonaws.com': {
    role: 'ElasticLoadBalancing',
    policy: 'AWSElasticLoadBalancingServiceRolePolicy',
    description: 'Allows ELB to call AWS services on your behalf.',
  },
  'es.amazonaws.com': { role: 'AmazonElasticsearchService', policy: 'AmazonElasticsearchServiceRolePolicy' },
  'guardduty.amazonaws.com': { role: 'AmazonGuardDuty', policy: 'AmazonGuardDutyServiceRolePolicy' },
  'inspector2.amazonaws.com': { role: 'AmazonInspector2', policy: 'AmazonInspector2ServiceRolePolicy' },
  'kafka.amazonaws.com': { role: 'Kafka', policy: 'KafkaServiceRolePolicy' },
  'macie.amazonaws.com': { role: 'AmazonMacie', policy: 'AmazonMacieServiceRolePolicy' },
  'opensearchservice.amazonaws.com': {
    role: 'AmazonOpenSearchService',
    policy: 'AmazonOpenSearchServiceRolePolicy',
  },
  'ops.apigateway.amazonaws.com': {
    role: 'APIGateway',
    policy: 'APIGatewayServiceRolePolicy',
    description: 'The Service Linked Role is used by Amazon API Gateway.',
  },
  'organizations.amazonaws.com': {
    role: 'Organizations',
    policy: 'AWSOrganizationsServiceTrustPolicy',
    description:
      'Service-linked role used by AWS Organizations to enable integration of other AWS services with Organizations.',
  },
  'ram.amazonaws.com': { role: 'ResourceAccessManager', policy: 'AWSResourceAccessManagerServiceRolePolicy' },
  'rds.amazonaws.com': { role: 'RDS', policy: 'AmazonRDSServiceRolePolicy' },
  'redshift.amazonaws.com': { role: 'Redshift', policy: 'AmazonRedshiftServiceLinkedRolePolicy' },
  'replicator.lambda.amazonaws.com': { role: 'LambdaReplicator', policy: 'AWSLambdaReplicator' },
  'securityhub.amazonaws.com': { role: 'SecurityHub', policy: 'AWSSecurityHubServiceRolePolicy' },
  'servicequotas.amazonaws.com': {
    role: 'ServiceQuotas',
    policy: 'ServiceQuotasServiceRolePolicy',
    description: 'A service-linked role is required for Service Quotas to access your service limits.',
  },
  'spot.amazonaws.com': {
    role: 'EC2Spot',
    policy: 'AWSEC2SpotServiceRolePolicy',
    description: 'Default EC2 Spot Service Linked Role',
  },
  'spotfleet.amazonaws.com': { role: 'EC2SpotFleet', policy: 'AWSEC2SpotFleetServiceRolePolicy' },
  'ssm.amazonaws.com': { role: 'AmazonSSM', policy: 'AmazonSSMServiceRolePolicy' },
  'sso.amazonaws.com': {
    role: 'SSO',
    policy: 'AWSSSOServiceRolePolicy',
    description:
      'Service-linked role used by AWS SSO to manage AWS resources, including IAM roles, policies and SAML IdP on your behalf.',
  },
  'support.amazonaws.com': {
    role: 'Support',
    policy: 'AWSSupportServiceRolePolicy',
    description: 'Enables resource access for AWS to provide billing, administrative and support services',
  },
  'transitgateway.amazonaws.com': { role: 'VPCTransitGateway', policy: 'AWSVPCTransitGatewayServiceRolePolicy' },
  'trustedadvisor.amazonaws.com': {
    role: 'TrustedAdvisor',
    policy: 'AWSTrustedAdvisorServiceRolePolicy',
    description:
      'Access for the AWS Trusted Advisor Service to help reduce cost, increase performance, and improve security of your AWS environment.',
  },
};
