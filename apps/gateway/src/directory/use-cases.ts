import { DescribeMe } from './describe-me.ts';
import { PutHubAdmin, RemoveHubAdmin } from './put-hub-admin.ts';
import { PutHub } from './put-hub.ts';
import { PutMember } from './put-member.ts';
import { PutWorkspace } from './put-workspace.ts';
import { RemoveMember } from './remove-member.ts';

/** What the directory can do. */
export const DIRECTORY_USE_CASES = [
  DescribeMe,
  PutHub,
  PutHubAdmin,
  RemoveHubAdmin,
  PutWorkspace,
  PutMember,
  RemoveMember,
];
