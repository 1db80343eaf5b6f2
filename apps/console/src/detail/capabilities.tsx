import { IconCheck, IconQuestionMark, IconX, type IconProps } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { ConnectionDetail } from '../api/model.ts';
import classes from './detail-panel.module.css';

type Capability = ConnectionDetail['capabilities'][number];

const NAMES: Readonly<Record<Capability['capability'], string>> = {
  publish: 'Publish',
  analytics: 'Read analytics',
  messages: 'Messages',
  ads: 'Ads',
  comments: 'Comments',
};

const STATES: Readonly<
  Record<Capability['state'], { readonly icon: ComponentType<IconProps>; readonly words: string }>
> = {
  granted: { icon: IconCheck, words: 'allowed' },
  missing: { icon: IconX, words: 'not allowed' },
  unknown: { icon: IconQuestionMark, words: 'not told by the platform' },
};

/** What the account is good for, and which permission is missing where it isn't. */
export function Capabilities({ detail }: { readonly detail: ConnectionDetail }) {
  if (detail.capabilities.length === 0) return null;
  return (
    <section aria-labelledby="capabilities">
      <h3 className={classes.section} id="capabilities">
        What it is good for
      </h3>
      <ul className={classes.scopes}>
        {detail.capabilities.map((one) => (
          <CapabilityRow key={one.capability} one={one} />
        ))}
      </ul>
    </section>
  );
}

function CapabilityRow({ one }: { readonly one: Capability }) {
  const { icon: Icon, words } = STATES[one.state];
  // An alarm only where it keeps the account from its purpose: most apps never ask for messages or ads.
  const isAlarming = one.state === 'missing' && one.capability === 'publish';
  const isQuiet = one.state !== 'granted' && !isAlarming;
  return (
    <li data-missing={isAlarming || undefined} data-quiet={isQuiet || undefined}>
      <Icon size={15} aria-hidden />
      <span>
        {NAMES[one.capability]}: {words}
        {one.missingScopes.length > 0 && <>. Missing: {one.missingScopes.join(', ')}</>}
      </span>
    </li>
  );
}
