using System.Text;

namespace Engine.Sql;

/// <summary>Which file system lies under a path, by the text of <c>/proc/self/mountinfo</c>.</summary>
/// <remarks>
/// Source: proc_pid_mountinfo(5): fields 5 (mount point) and, after the separator " - ", 9 (type).
/// </remarks>
internal static class MountTable
{
    private static readonly HashSet<string> NetworkTypes = new(StringComparer.Ordinal)
    {
        "9p", "afs", "beegfs", "ceph", "cifs", "coda", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs",
        "nfs4", "ocfs2", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf",
        "fuse.ceph", "fuse.cifs", "fuse.gcsfuse", "fuse.glusterfs", "fuse.juicefs", "fuse.rclone",
        "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse",
    };

    /// <summary>
    /// The network file system that a path lies on, or nothing when it lies on a local one.
    /// </summary>
    /// <param name="mountInfo">Text of <c>/proc/self/mountinfo</c>.</param>
    /// <param name="path">Absolute path without symbolic links.</param>
    public static string? NetworkFileSystemOf(string mountInfo, string path)
    {
        var type = mountInfo.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (Point: PointOf(line), Type: TypeOf(line)))
            .Where(mount => Contains(mount.Point, path))
            // The order is stable: of two mounts on one point the later one is seen.
            .OrderBy(mount => mount.Point.Length)
            .Select(mount => mount.Type)
            .LastOrDefault();
        return type is not null && NetworkTypes.Contains(type) ? type : null;
    }

    private static string PointOf(string line)
    {
        var fields = line.Split(' ');
        return fields.Length > 4 ? Unescape(fields[4]) : "";
    }

    private static string TypeOf(string line)
    {
        var separator = line.IndexOf(" - ", StringComparison.Ordinal);
        return separator < 0 ? "" : line[(separator + 3)..].Split(' ')[0];
    }

    private static bool Contains(string point, string path) =>
        point == "/" || (point.Length > 0 && path == point)
        || path.StartsWith(point + "/", StringComparison.Ordinal);

    /// <summary>Space, tab, line feed and backslash are written as three octal digits.</summary>
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return field;
        }

        var plain = new StringBuilder(field)
            .Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\134", "\\");
        return plain.ToString();
    }
}
