declare const __DEMO__: boolean;

declare module "*.ftl" {
  const messages: import("./fluent").Catalogue;
  export default messages;
}
