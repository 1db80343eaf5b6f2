import { Avatar } from '@mantine/core';
import { platformLook } from './platform-looks.tsx';
import classes from './account-picture.module.css';

/** An account's picture with its platform's sign. The name stands beside it, so it is decoration. */
export function AccountPicture(props: {
  readonly name: string;
  readonly avatarUrl: string | null;
  readonly platform: string;
  readonly size?: number;
}) {
  const size = props.size ?? 44;
  return (
    <span className={classes.picture} aria-hidden="true" style={{ width: size, height: size }}>
      <Avatar
        src={props.avatarUrl}
        name={props.name}
        alt=""
        size={size}
        radius={12}
        classNames={{ placeholder: classes.initials }}
      />
      <PlatformSign platform={props.platform} size={18} className={classes.sign} />
    </span>
  );
}

/** A platform's sign on its colour. */
export function PlatformSign(props: { readonly platform: string; readonly size: number; readonly className?: string }) {
  const { icon: Icon, color, ink } = platformLook(props.platform);
  return (
    <span
      className={[classes.platform, props.className].join(' ')}
      style={{ width: props.size, height: props.size, background: color }}
    >
      <Icon size={props.size * 0.64} color={ink} />
    </span>
  );
}
