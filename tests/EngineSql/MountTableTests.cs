using Engine.Sql;

namespace Tests.EngineSql;

public sealed class MountTableTests
{
    private const string Mounts = """
        22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
        31 22 0:40 / /home rw,relatime - nfs4 server:/home rw
        32 31 0:41 / /home/fast\040disk rw,relatime - xfs /dev/nvme0n1 rw
        33 22 0:42 / /mnt/remote rw - fuse.sshfs user@host: rw
        34 22 0:43 / /mnt/local rw - fuse.gocryptfs /data rw
        35 22 0:44 / /over rw - ext4 /dev/vdb rw
        36 35 0:45 / /over rw - cifs //server/share rw
        """;

    [Theory]
    [InlineData("/", null)]
    [InlineData("/var/lib", null)]
    [InlineData("/home", "nfs4")]
    [InlineData("/home/ann/runs", "nfs4")]
    [InlineData("/homework", null)]
    [InlineData("/home/fast disk/runs", null)]
    [InlineData("/mnt/remote/runs", "fuse.sshfs")]
    [InlineData("/mnt/local/runs", null)]
    [InlineData("/over/runs", "cifs")]
    public void The_file_system_of_the_nearest_mount_counts(string path, string? type) =>
        MountTable.NetworkFileSystemOf(Mounts, path).ShouldBe(type);
}
