/** Who may send usage and who may ask about it: API keys, their scopes, and files of them that may change. */
package dev.driftless.schemas.access;
