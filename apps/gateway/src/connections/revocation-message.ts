import { fillText, type RevocationResultCode } from '@mooring/contracts';

const MESSAGES: Readonly<Record<RevocationResultCode, string>> = {
  revoked: '{Platform} confirmed that the access was taken back.',
  kept_for_siblings:
    'The access at {Platform} stays, since other connected accounts use it; this account’s own access is destroyed.',
  failed:
    'The stored access is destroyed, but {Platform} did not confirm taking it back. You can remove it there yourself.',
  unsupported: 'The stored access is destroyed. {Platform} lets only you take it back there.',
  pending: 'Publishers are cut off when the vault hears of it, which will be in a moment.',
  superseded: 'The account was connected again in the meantime.',
};

/** What came of letting go at the platform, in a sentence for people. */
export function revocationMessage(result: RevocationResultCode, platformName: string): string {
  return fillText(MESSAGES[result], { Platform: platformName });
}
