declare const __DEMO__: boolean;
