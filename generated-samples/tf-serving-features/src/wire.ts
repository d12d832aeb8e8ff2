export interface paths {
    "/v1/models/houses:predict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The median price. */
        post: operations["price"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/houses:predict#embed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The embedding of a tract. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        inputs?: unknown;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            outputs?: unknown;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/houses:regress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        context?: {
                            year?: number;
                        };
                        examples?: {
                            /** @description Per capita crime rate by town. */
                            CRIM: number;
                            /** @description Average number of rooms. */
                            RM: number;
                            /** @description Property tax rate per 10,000. */
                            TAX: number;
                            /** @description Name of the town. */
                            TOWN?: string;
                            tags?: string[];
                        }[];
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            results?: number[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export type components = Record<string, never>;
export type $defs = Record<string, never>;
export interface operations {
    price: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    inputs?: {
                        /** @description Per capita crime rate by town. */
                        CRIM: number[];
                        /** @description Share of land zoned for large lots, in percent. */
                        ZN: number[];
                        /** @description Share of business acres, in percent. */
                        INDUS: number[];
                        /** @description Whether the tract bounds the river. */
                        CHAS: boolean[];
                        /** @description Nitric oxides, in parts per 10 million. */
                        NOX: number[];
                        /** @description Average number of rooms. */
                        RM: number[];
                        /** @description Share of homes built before 1940, in percent. */
                        AGE: number[];
                        /** @description Weighted distance to employment centres. */
                        DIS: number[];
                        /** @description Index of access to highways. */
                        RAD: number[];
                        /** @description Property tax rate per 10,000. */
                        TAX: number[];
                        /** @description Pupils per teacher. */
                        PTRATIO: number[];
                        /** @description Name of the town. */
                        TOWN: string[];
                        /** @description Share of lower status, in percent. */
                        LSTAT: number[];
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        outputs?: {
                            /** @description In thousands. */
                            price?: unknown;
                            /** @description The nearest tracts. */
                            codes?: unknown;
                        };
                    };
                };
            };
        };
    };
}
