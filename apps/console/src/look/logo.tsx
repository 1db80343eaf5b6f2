/** The mark: a mooring ring above its anchor. */
export function LogoMark({ size = 28 }: { readonly size?: number }) {
  return <img src="/favicon.svg" width={size} height={size} alt="" aria-hidden="true" />;
}
