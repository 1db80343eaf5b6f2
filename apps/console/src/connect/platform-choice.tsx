import { Loader } from '@mantine/core';
import { IconChevronRight, IconLock } from '@tabler/icons-react';
import type { PlatformOffer } from '../api/model.ts';
import { PlatformSign } from '../connections/account-picture.tsx';
import classes from './connect-dialog.module.css';

/** One platform: what it takes, or why it can't be chosen. */
export function PlatformChoice(props: {
  readonly offer: PlatformOffer;
  readonly leaving: boolean;
  readonly onChoose: () => void;
}) {
  const { offer, leaving } = props;
  const comingSoon = offer.reason === 'coming_soon';
  return (
    <button
      type="button"
      className={classes.offer}
      disabled={!offer.available || leaving}
      onClick={props.onChoose}
      // The requirements of one platform may name another.
      aria-label={comingSoon ? `${offer.name} Coming soon` : offer.name}
      aria-describedby={`about-${offer.platform}`}
    >
      <span className={classes.sign}>
        <PlatformSign platform={offer.platform} size={36} />
      </span>
      <span className={classes.words}>
        <span className={classes.name}>
          {offer.name}
          {comingSoon && <span className={classes.tag}>Coming soon</span>}
        </span>
        <span className={classes.about} id={`about-${offer.platform}`}>
          {offer.available &&
            offer.requirements.map((line) => (
              <span key={line} className={classes.requirement}>
                {line}
              </span>
            ))}
          {!offer.available && !comingSoon && (
            <span className={classes.why}>
              <IconLock size={14} aria-hidden /> {offer.message}
            </span>
          )}
        </span>
      </span>
      {leaving && <Loader size={18} aria-label={`Opening ${offer.name}`} />}
      {!leaving && offer.available && <IconChevronRight size={18} aria-hidden className={classes.arrow} />}
    </button>
  );
}
