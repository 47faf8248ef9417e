package controller

import "keyless-runners/rehearsal/process"

// Address is where the webhooks listen, for the test that they end.
func (c *Controller) Address() string { return process.Address(c.port) }
